/** An answer other than success; the documents show no form for it. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

export const badRequest = (message: string) => new ApiError(400, "InvalidRequest", message);
export const notFound = (message: string) => new ApiError(404, "NotFound", message);
