/** Reads notes. Whoever can write into the folder can put anything there: what is no note is left out. */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { FORMAT, type Heading, type Note, OPERATIONS, WORK_STATES } from "./note";

export interface ReadNotes {
  /** Where they begin; undefined when they were read before. */
  readonly heading: Heading | undefined;
  readonly notes: readonly Note[];
  /** Where to go on reading, in bytes: behind the last line that is finished. */
  readonly end: number;
}

/** Bytes that are read at a time: more than a second has. */
const MOST = 16 * 2 ** 20;

/** @param start in bytes, as an earlier reading has ended */
export function readNotes(path: string, start = 0): ReadNotes {
  const bytes = bytesOf(path, start);
  const finished = bytes.lastIndexOf("\n") + 1;
  const lines = bytes.toString("utf8", 0, finished).split("\n").slice(0, -1).map(parsed);
  const [first] = lines;
  return {
    heading: start === 0 && isHeading(first) ? first : undefined,
    notes: lines.filter(isNote),
    end: start + finished,
  };
}

/** Nothing of what is a link, or no file, or somebody else's, or not there any more. */
function bytesOf(path: string, start: number): Buffer {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const found = fstatSync(file);
    if (!isOurs(found) || found.size <= start) return Buffer.alloc(0);
    const bytes = Buffer.alloc(Math.min(found.size - start, MOST));
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, start));
  } catch {
    return Buffer.alloc(0);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function isOurs(found: Stats): boolean {
  const user = process.getuid?.();
  return found.isFile() && (user === undefined || found.uid === user);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function isHeading(line: unknown): line is Heading {
  return isObject(line) && line["notes"] === FORMAT && isProcess(line["plugin"]) && isProcess(line["terraform"]);
}

function isProcess(value: unknown): boolean {
  return isObject(value) && Number.isInteger(value["pid"]) && isTextOrNull(value["startedAt"]);
}

function isNote(line: unknown): line is Note {
  if (!isObject(line) || !Number.isInteger(line["work"])) return false;
  const { time, operation, state, progress, message, placeName, infrastructureName } = line;
  return (
    isTime(time) &&
    isOneOf(OPERATIONS, operation) &&
    isOneOf(WORK_STATES, state) &&
    (progress === undefined || progress === null || typeof progress === "number") &&
    [message, placeName, infrastructureName].every((text) => text === undefined || typeof text === "string") &&
    ["infrastructure", "svm", "place", "task", "step"].every((name) => isTextOrNull(line[name] ?? null))
  );
}

const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const isTextOrNull = (value: unknown): boolean => value === null || typeof value === "string";
const isTime = (value: unknown): boolean => typeof value === "string" && !Number.isNaN(Date.parse(value));
const isOneOf = (values: readonly unknown[], value: unknown): boolean => value === undefined || values.includes(value);
