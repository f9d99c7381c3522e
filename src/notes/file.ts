/** The file of one plugin process: made new, readable by its user only, and gone in time. */
import { randomUUID } from "node:crypto";
import { closeSync, constants, lstatSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { FORMAT, fileNameOf, type Heading, isNotesFile, type Writer } from "./note";
import { isAlive } from "./process-identity";
import { readNotes } from "./read";

const DAY = 24 * 60 * 60 * 1000;
/** More files than this are too many, however young they are. */
const MOST_FILES = 100;
const FILE_MODE = 0o600;
/** Bytes that a heading does not have. */
const MORE_THAN_A_HEADING = 8_192;

export interface NotesFile {
  readonly path: string;
  /** @throws Error of Node.js when it cannot be written */
  append(text: string): void;
}

/**
 * Begins a file in a folder that is there already, and removes those that are old or say nothing.
 *
 * @param now milliseconds since 1970
 * @throws Error of Node.js when the folder cannot be written
 */
export function createNotesFile(directory: string, writer: Writer, now: number): NotesFile {
  tidyUp(directory, now);
  const path = join(directory, fileNameOf(randomUUID()));
  const { O_WRONLY, O_APPEND, O_CREAT, O_EXCL } = constants;
  const file = openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL, FILE_MODE);
  const heading: Heading = { notes: FORMAT, time: new Date(now).toISOString(), ...writer };
  try {
    writeSync(file, `${JSON.stringify(heading)}\n`);
  } catch (error) {
    closeSync(file);
    rmSync(path, { force: true });
    throw error;
  }
  return { path, append: (text) => void writeSync(file, text) };
}

function tidyUp(directory: string, now: number): void {
  const files = readdirSync(directory)
    .filter(isNotesFile)
    .flatMap((name) => {
      const path = join(directory, name);
      const found = lstatSync(path, { throwIfNoEntry: false });
      return found === undefined ? [] : [{ path, written: found.mtimeMs, size: found.size }];
    })
    .sort((one, other) => other.written - one.written);
  for (const [index, { path, written, size }] of files.entries()) {
    const isOld = written < now - DAY || index >= MOST_FILES;
    if (isOld || (size < MORE_THAN_A_HEADING && saysNothing(path))) attempt(() => rmSync(path, { force: true }));
  }
}

/** As after a plan: no work was noted, and none will be. */
function saysNothing(path: string): boolean {
  const { heading, notes } = readNotes(path);
  return notes.length === 0 && heading !== undefined && !isAlive(heading.plugin) && !isAlive(heading.terraform);
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // What cannot be removed stays: it harms nobody.
  }
}
