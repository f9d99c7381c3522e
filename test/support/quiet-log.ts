/** A logger that writes nothing, and keeps secrets as the plugin's does. */
import type { RedactingLogger } from "../../src/terraform";
import { Redactor } from "../../src/terraform/plugin/redaction";

export function quietLog(): RedactingLogger {
  const ignore = (): void => undefined;
  return { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore, secrets: new Redactor() };
}
