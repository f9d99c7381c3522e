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
  readonly secrets: Secrets;
}

/**
 * What must not leave the process. One for the whole process: the code that starts it makes it and the code that is
 * loaded later, which cannot share a module with it, has it from the logger.
 */
export interface Secrets {
  /** Masks this text from now on, also in Base64, in JSON and in a URL. Empty text is ignored. */
  add(secret: string): void;
  /** The text with a mask in place of each secret in it. */
  redact(text: string): string;
}
