/**
 * Files in a folder, which only their user can read. Whoever can write there could make the provider adopt what is not
 * ours, so what is a link, or somebody else's, is not read. Nothing is forced onto the disk: an entry has to outlive its
 * process, not the machine.
 */
import { randomUUID } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join, resolve } from "node:path";
import type { Found, Store } from "./store";

const HOUR = 60 * 60 * 1000;
const MEBIBYTE = 2 ** 20;
/** What is longer is not ours: whoever has put it there must not make us run out of memory. */
const LONGEST = 64 * MEBIBYTE;
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;
const APPENDING = constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW;
/** Nothing is there, or a link, a folder or a pipe. */
const REPLACEABLE = new Set(["ENOENT", "ELOOP", "EMLINK", "EISDIR", "ENXIO"]);
/** Where a name begins like this, a process was killed while it wrote. */
const UNFINISHED = ".unfinished-";

export class DirectoryStore implements Store {
  readonly location: string;

  /**
   * Makes the folder where there is none.
   *
   * @param now milliseconds since 1970; without it, for whoever only reads: nothing is made or changed
   * @throws Error of Node.js when it cannot be used
   */
  constructor(directory: string, now?: number) {
    this.location = resolve(directory);
    if (now === undefined) return;
    mkdirSync(this.location, { recursive: true, mode: FOLDER_MODE });
    accessSync(this.location, constants.R_OK | constants.W_OK | constants.X_OK);
    this.#tidyUp(now - HOUR);
  }

  pathOf(name: string): string {
    return join(this.location, name);
  }

  names(): readonly string[] {
    return readdirSync(this.location).filter((name) => !name.startsWith(UNFINISHED));
  }

  read(name: string): Found | undefined {
    let file: number | undefined;
    try {
      // A file for each SVM is looked for whenever the SVM is, and hardly ever there: an error for each would be dear.
      if (lstatSync(this.pathOf(name), { throwIfNoEntry: false }) === undefined) return undefined;
      file = openSync(this.pathOf(name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      const unusable = problemWith(fstatSync(file));
      return unusable === undefined ? { text: readFileSync(file, "utf8") } : { unusable };
    } catch (error) {
      return codeOf(error) === "ENOENT" ? undefined : { unusable: REASONS[codeOf(error)] ?? String(error) };
    } finally {
      if (file !== undefined) closeSync(file);
    }
  }

  write(name: string, text: string): void {
    const unfinished = join(this.location, `${UNFINISHED}${randomUUID()}`);
    try {
      writeFileSync(unfinished, text, { flag: "wx", mode: FILE_MODE });
      renameSync(unfinished, this.pathOf(name));
    } catch (error) {
      rmSync(unfinished, { force: true });
      throw error;
    }
  }

  remove(name: string): void {
    rmSync(this.pathOf(name), { force: true });
  }

  append(name: string, line: string): void {
    const file = openSync(this.pathOf(name), APPENDING | constants.O_CREAT, FILE_MODE);
    try {
      writeSync(file, `${line}\n`);
    } finally {
      closeSync(file);
    }
  }

  extend(name: string, line: string): boolean {
    let file: number | undefined;
    try {
      file = openSync(this.pathOf(name), APPENDING | constants.O_NONBLOCK);
      if (problemWith(fstatSync(file)) !== undefined) return false;
      writeSync(file, `\n${line}\n`);
      return true;
    } catch (error) {
      if (REPLACEABLE.has(codeOf(error))) return false;
      throw error;
    } finally {
      if (file !== undefined) closeSync(file);
    }
  }

  /** Removes what killed processes have left half written. */
  #tidyUp(before: number): void {
    for (const name of readdirSync(this.location)) {
      if (!name.startsWith(UNFINISHED)) continue;
      const path = this.pathOf(name);
      const written = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? before;
      if (written < before) rmSync(path, { force: true });
    }
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ELOOP: "it is a link",
  EMLINK: "it is a link",
  EACCES: "it cannot be read",
  EISDIR: "it is a folder",
};

function problemWith(found: Stats): string | undefined {
  if (!found.isFile()) return "it is no file";
  if (found.size > LONGEST) return "it is too long";
  const user = process.getuid?.();
  return user === undefined || found.uid === user ? undefined : "it belongs to another user";
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}
