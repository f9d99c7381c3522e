/** Structured log lines; fields are names and values in camelCase or snake_case, never secrets. */
export interface Logger {
  trace(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
export type LogFields = Readonly<Record<string, unknown>>;

/** A logger that masks what it has been told is secret, whichever message or field it turns up in. */
export interface RedactingLogger extends Logger {
  /** Masks this text from now on, also in Base64, in JSON and in a URL. */
  redact(secret: string): void;
}
