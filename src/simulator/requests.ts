/** Headers by their names in lower case; a list is one that was sent several times. */
export interface RequestHeaders {
  readonly accept?: string | undefined;
  readonly authorization?: string | undefined;
  readonly "content-type"?: string | undefined;
  readonly [name: string]: string | string[] | undefined;
}

/** One request as the simulator saw it. */
export interface RecordedRequest {
  readonly method: string;
  /** The path without query, as sent. */
  readonly path: string;
  /** The raw query without `?`, as sent; empty without one. */
  readonly query: string;
  /** All headers, `authorization` included: this record is for tests and is never printed. */
  readonly headers: RequestHeaders;
  /** The parsed JSON body, the text if it is no JSON, undefined without one. */
  readonly body: unknown;
  /** When it had arrived. */
  readonly time: Date;
  /** The answer's status; undefined while it is handled, and for ever if the connection was dropped. */
  status?: number;
  /** From arrival to answer. */
  milliseconds?: number;
}

/** What to look for; everything that is given must match. */
export interface RequestFilter {
  readonly method?: string;
  /** The exact path, a pattern with `*` for any run of characters, or an expression. */
  readonly path?: string | RegExp;
  readonly status?: number;
}

/** Everything that was asked, oldest first. */
export class RequestLog {
  readonly #requests: RecordedRequest[] = [];

  get all(): readonly RecordedRequest[] {
    return this.#requests;
  }

  get last(): RecordedRequest | undefined {
    return this.#requests.at(-1);
  }

  filter(filter: RequestFilter): readonly RecordedRequest[] {
    return this.#requests.filter((request) => matchesRequest(filter, request));
  }

  count(filter: RequestFilter = {}): number {
    return this.filter(filter).length;
  }

  clear(): void {
    this.#requests.length = 0;
  }

  record(request: RecordedRequest): void {
    this.#requests.push(request);
  }
}

/** Whether a request is one that the filter asks for. */
export function matchesRequest(filter: RequestFilter, request: Pick<RecordedRequest, "method" | "path" | "status">) {
  return (
    (filter.method === undefined || filter.method.toUpperCase() === request.method) &&
    (filter.status === undefined || filter.status === request.status) &&
    (filter.path === undefined || matchesPath(filter.path, request.path))
  );
}

function matchesPath(pattern: string | RegExp, path: string): boolean {
  if (typeof pattern !== "string") {
    return path.search(pattern) >= 0;
  }
  const pieces = pattern.split("*").map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pieces.join(".*")}$`).test(path);
}
