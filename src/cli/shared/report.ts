/** How a command ends: 0 well, and what else there is. */
import { CommanderError } from "commander";
import { writeFailure } from "./output";

/** Exit codes other than 0; the same for every command. */
export const EXIT_CODES = {
  failed: 1,
  wrongUsage: 2,
  /** What was looked for was found: a gap, a problem. */
  found: 3,
} as const;

/** Wrong usage that shows only when the command runs, such as two options that exclude each other. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * How the command line says that something went wrong: what, why and what to do, in one line; no stack.
 *
 * @param json whether the command was to write a document
 */
export function reportFailure(error: unknown, json: boolean): void {
  if (error instanceof CommanderError) {
    // Commander has said it; its own exit codes are 0 for help and version, and 1 for everything else.
    process.exitCode = error.exitCode === 0 ? 0 : EXIT_CODES.wrongUsage;
    return;
  }
  const message = oneLine(error);
  process.stderr.write(`error: ${message}\n`);
  if (json) writeFailure(message);
  process.exitCode = error instanceof UsageError ? EXIT_CODES.wrongUsage : EXIT_CODES.failed;
}

/** Something that does not keep the command from going on. */
export function reportWarning(message: string): void {
  process.stderr.write(`warning: ${oneLine(message)}\n`);
}

/** What an error says, in one line. */
export function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().replace(/\s*\n\s*/g, " ");
}
