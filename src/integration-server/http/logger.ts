/** What the client logs with, and who keeps its secrets. Fields never hold a password, a token or a request's body. */
import type { Secrets } from "./secret";

export interface Logger {
  trace(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  readonly secrets: Secrets;
}
export type LogFields = Readonly<Record<string, unknown>>;
