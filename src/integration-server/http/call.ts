/** One documented operation, as data: what to send and how to read the answer. */
import type { Patience } from "../waiting/poll";
import { InvalidArgumentError } from "./errors";
import type { JsonObject } from "./json";
import type { JsonReader } from "./json-reader";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** What every call takes. */
export interface CallOptions {
  /** Ends the call at once; it then rejects with the signal's reason, or `AnswerLostError` where that is the truth. */
  readonly signal?: AbortSignal | undefined;
}

/** What every wait for something in progress takes. */
export interface WaitOptions<T> extends CallOptions {
  /** Told every look at it. */
  readonly onProgress?: ((seen: T) => void) | undefined;
}

/** What every call takes that changes something. */
export interface ChangeOptions extends CallOptions {
  /** Told, in words, what the change waits for when the server is busy: it is made again then. */
  readonly onBusy?: ((what: string) => void) | undefined;
}

export interface Call<T> extends ChangeOptions {
  readonly method: Method;
  /** Whether it changes nothing, so that it may be asked again. @default that of a GET */
  readonly isQuestion?: true;
  /** False for one look of many: whoever makes them repeats what fails. @default true */
  readonly isRetried?: false;
  /** The most bytes that the answer may have. @default `LARGEST_ANSWER` */
  readonly largest?: number;
  /** Milliseconds for which the answer is waited for at least; for ever: as long as the signal lives. @default as for any */
  readonly patience?: number | undefined;
  /** Below the API's root, encoded: see `path`. */
  readonly path: string;
  /** What it holds and nobody may ever see is a `Secret` in it. */
  readonly body?: JsonObject;
  /** @param at the server's time, where it tells it, in milliseconds since 1970 */
  readonly parse: (answer: JsonReader, at: number | undefined) => T | Promise<T>;
}

/** A question that not every server understands. */
export interface Probe<T> extends Pick<Call<T>, "parse" | "signal"> {
  /** From the root, encoded. */
  readonly path: string;
}

/** Makes a call as the user of the session. */
export interface Caller {
  /** For waits that look with calls: see `isRetried`. */
  readonly patience: Patience;
  call<T>(call: Call<T>): Promise<T>;
  /**
   * The answer to a probe; undefined when the server refuses it, or answers something else. That says nothing of the token,
   * or of what exists: neither is asked for again.
   */
  probe<T>(probe: Probe<T>): Promise<T | undefined>;
}

/** The root of all operations. The documents write it with and without the leading slash. */
export const API_ROOT = "/api/3.0/";

/** For operations whose answer says nothing. */
export const ignoreAnswer = (answer: JsonReader): void => answer.ignored();

/** A path with encoded segments: `` path`infrastructures/${id}/refresh` ``. */
export function path(literals: TemplateStringsArray, ...segments: readonly string[]): string {
  return String.raw({ raw: literals }, ...segments.map(encodeSegment));
}

function encodeSegment(segment: string): string {
  // A URL takes "." and ".." for steps in the tree and an empty segment for the collection: another operation.
  if (/^\.{0,2}$/.test(segment))
    throw new InvalidArgumentError("id", `cannot be "${segment}"`, "Take the id as the Integration Server shows it.");
  return encodeURIComponent(segment);
}

/** A query from names and encoded values; undefined ones are left out. */
export function query(parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : `${name}=${value}`));
  return given.length === 0 ? "" : `?${given.join("&")}`;
}
