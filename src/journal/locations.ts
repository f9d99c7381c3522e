/**
 * Where the journals of a working directory are, for commands that are not told. One that the configuration names is known
 * to its provider alone, which therefore writes it down in Terraform's data directory.
 */
import { appendFileSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { dataDirectory, defaultJournalDirectory, type Environment } from "./scope";

/** A file beside the default journal: a folder per line. */
const LOCATIONS = "ksvla-journals";

/** The default one first; none of them need exist. */
export function journalDirectories(directory: string, environment: Environment): readonly string[] {
  return [...new Set([defaultJournalDirectory(directory, environment), ...remembered(directory, environment)])];
}

/**
 * @param journal absolute
 * @throws Error of Node.js when it cannot be written down
 */
export function rememberJournal(journal: string, directory: string, environment: Environment): void {
  if (journalDirectories(directory, environment).includes(journal)) return;
  appendFileSync(locationsFile(directory, environment), `${journal}\n`);
}

function remembered(directory: string, environment: Environment): readonly string[] {
  try {
    const lines = readFileSync(locationsFile(directory, environment), "utf8").split("\n");
    return lines.filter((line) => line !== "").map((line) => resolve(directory, line));
  } catch {
    return [];
  }
}

function locationsFile(directory: string, environment: Environment): string {
  return join(dataDirectory(environment, directory), LOCATIONS);
}
