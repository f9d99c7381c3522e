/** Files and folders that a command line names: what cannot be what it should be is wrong usage, said before anything is done. */
import { accessSync, constants, type Stats, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { oneLine, UsageError } from "./report";

/**
 * A folder to read.
 *
 * @param option whose value it is, such as `--journal-directory`
 * @throws UsageError
 */
export function readableFolder(path: string, option: string): string {
  const folder = resolve(path);
  if (statOf(folder) === undefined) throw new UsageError(`${option}: there is no ${folder}.`);
  refuseFile(folder, option);
  if (!isAllowed(folder, constants.R_OK | constants.X_OK)) throw new UsageError(`${option}: ${folder} cannot be read.`);
  return folder;
}

/**
 * A folder to write into, which need not exist.
 *
 * @throws UsageError
 */
export function writableFolder(path: string, option: string): string {
  const folder = possibleFolder(path, option);
  refuseUnwritable(nearest(folder), option);
  return folder;
}

/**
 * A folder that may come to be while somebody waits for it.
 *
 * @throws UsageError
 */
export function possibleFolder(path: string, option: string): string {
  const folder = resolve(path);
  refuseFile(nearest(folder), option);
  return folder;
}

/**
 * A file to write, in a folder that exists.
 *
 * @throws UsageError
 */
export function writableFile(path: string, option: string): string {
  const file = resolve(path);
  const found = statOf(file);
  if (found?.isDirectory()) throw new UsageError(`${option}: ${file} is a folder. Name a file.`);
  if (found !== undefined) {
    if (!isAllowed(file, constants.W_OK)) throw new UsageError(`${option}: ${file} cannot be written.`);
    return file;
  }
  const folder = dirname(file);
  if (statOf(folder) === undefined) throw new UsageError(`${option}: there is no folder ${folder}. Make it first.`);
  refuseUnwritable(folder, option);
  return file;
}

/** Writes a file that was found to be writable; a disk may be full all the same. */
export async function writeNamed(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new Error(`Unable to write ${file}: ${oneLine(error)}`, { cause: error });
  }
}

function refuseUnwritable(folder: string, option: string): void {
  refuseFile(folder, option);
  if (isAllowed(folder, constants.W_OK | constants.X_OK)) return;
  throw new UsageError(`${option}: nothing can be written into ${folder}.`);
}

function refuseFile(path: string, option: string): void {
  if (statOf(path)?.isDirectory() === false) throw new UsageError(`${option}: ${path} is no folder.`);
}

/** The path, or what there is of it. */
function nearest(path: string): string {
  return statOf(path) !== undefined || dirname(path) === path ? path : nearest(dirname(path));
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function isAllowed(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
