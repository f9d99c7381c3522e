/** What the client logs with. Fields never hold a password, a token or a request's body. */
export interface Logger {
  trace(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
export type LogFields = Readonly<Record<string, unknown>>;

const ignore = (): void => undefined;

/** Logs nothing. */
export const silent: Logger = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };
