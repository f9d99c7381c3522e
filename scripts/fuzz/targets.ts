/**
 * Whatever reads what others wrote, and what it may do with it: give a value, or fail in the way that it promises. Anything
 * else that is thrown, such as a TypeError or a RangeError, is a fault.
 */
import fc from "fast-check";
import { mergeLock } from "../../src/installation/lock-file";
import { canonicalAddress, parseServerAddress } from "../../src/integration-server/address";
import { parseJson } from "../../src/integration-server/http/json";
import { JsonReader } from "../../src/integration-server/http/json-reader";
import { serverMessage } from "../../src/integration-server/http/server-message";
import { parseInfrastructure } from "../../src/integration-server/infrastructures/answer";
import { parseObjects } from "../../src/integration-server/infrastructures/objects-answer";
import { parseTask } from "../../src/integration-server/tasks/answer";
import { entryOf } from "../../src/journal/entry-text";
import { HpackDecoder } from "../../src/terraform/plugin/http2/hpack/decoder";
import { Redactor } from "../../src/terraform/plugin/redaction";
import type { CtyType } from "../../src/terraform/values/cty-type";
import { decodeJson } from "../../src/terraform/values/json";
import { decode } from "../../src/terraform/values/msgpack/decode";
import { conversation, converse } from "./http2";

export interface Target {
  readonly name: string;
  /** @returns what is wrong, with the input that shows it and the seed; nothing if all is well */
  readonly check: (runs: number, seed: number) => Promise<string | undefined>;
}

const CALL: readonly string[] = ["MalformedAnswerError"];
const secrets = new Redactor();
const reading = { call: "GET /", isQuestion: true, secrets };
const DYNAMIC: CtyType = { kind: "dynamic" };
const HEADER_LIMITS = { maxListSize: 4096 };
const LOCKED = { source: "terraform.local/ksvla/ksvla", version: "1.0.0", constraints: "1.0.0", hash: "h1:x" };

/** Names that answers have, so that what is made up gets past the first look. */
const NAMES = [
  "accounts",
  "admin",
  "children",
  "connectionError",
  "connectionInfo",
  "details",
  "endpoints",
  "error",
  "errorMessage",
  "id",
  "infrastructureId",
  "isSvm",
  "key",
  "locations",
  "message",
  "name",
  "networkAdapters",
  "parameters",
  "parentId",
  "progress",
  "readOnly",
  "readonly",
  "regions",
  "resources",
  "result",
  "state",
  "status",
  "type",
  "value",
  "vms",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
];
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom(null, true, false, "", "CONNECTED", "Running", "Completed", "1", 0, -1, 1e300, "n/a"),
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.double({ noNaN: true }),
    fc.array(tie("json"), { maxLength: 5 }),
    fc
      .array(fc.tuple(fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 5 })), tie("json")), { maxLength: 8 })
      .map((fields) => Object.fromEntries(fields)),
  ),
}));
/** Mostly JSON, mostly whole. */
const body = fc.oneof(
  { weight: 6, arbitrary: json.map((value) => JSON.stringify(value)) },
  { weight: 2, arbitrary: fc.tuple(json, fc.nat()).map(([value, at]) => cut(JSON.stringify(value), at)) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
);
const bytes = fc.uint8Array({ maxLength: 200 });
const text = fc.string({ unit: "binary", maxLength: 200 });

/** Each with the names of the errors that it promises. */
export const TARGETS: readonly Target[] = [
  target(
    "answers: an infrastructure",
    body,
    async (each) => (await answer(each)).make((it) => parseInfrastructure(it, "1")),
    CALL,
  ),
  target("answers: objects", body, async (each) => (await answer(each)).make(parseObjects), CALL),
  target("answers: a task", body, async (each) => (await answer(each)).make((it) => parseTask(it, 0)), CALL),
  target("answers: an error", fc.oneof(body, markup()), (each) => serverMessage(each, secrets), []),
  target("answers: JSON with long integers", body, parseJson, ["SyntaxError"]),
  target("values: MessagePack", bytes, (each) => decode(DYNAMIC, each), ["DiagnosticError"]),
  target("values: JSON", body, (each) => decodeJson(DYNAMIC, each), ["DiagnosticError"]),
  target("HTTP/2: frames", conversation, converse, []),
  target("HTTP/2: a header", bytes, (each) => new HpackDecoder(HEADER_LIMITS).decode(Buffer.from(each)), [
    "HpackError",
  ]),
  target("addresses", text, (each) => [parseServerAddress(each), canonicalAddress(each, 443)], []),
  target("journal: an entry", body, entryOf, []),
  target("lock file", hcl(), (each) => mergeLock(each, LOCKED), ["Error", "HclError"]),
];

function target<T>(
  name: string,
  arbitrary: fc.Arbitrary<T>,
  read: (value: T) => unknown,
  promised: readonly string[],
): Target {
  const check = async (value: T): Promise<void> => {
    try {
      await read(value);
    } catch (error) {
      // By name, since errors of Node.js itself are of another realm in a test.
      if (!promised.includes(String(Reflect.get(Object(error), "name")))) throw error;
      // What a parse of ours fails with is a fault, although whoever asked is told of a malformed answer.
      if (promised === CALL && Reflect.get(Object(error), "cause") !== undefined) throw error;
    }
  };
  return {
    name,
    check: async (numRuns, seed) => {
      const result = await fc.check(fc.asyncProperty(arbitrary, check), { numRuns, seed });
      return result.failed ? fc.defaultReportMessage(result) : undefined;
    },
  };
}

function answer(text: string): Promise<JsonReader> {
  return JsonReader.of({ bytes: Buffer.from(text), longArrays: [] }, reading);
}

function markup(): fc.Arbitrary<string> {
  const pieces = ["<", ">", "</", "<title", "<style>", "</style>", "<script", "<!--", "a", " ", "&", "\u0000"];
  return fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((all) => `<${all.join("")}`);
}

function hcl(): fc.Arbitrary<string> {
  const pieces = [
    "provider",
    '"',
    "{",
    "}",
    "=",
    "\n",
    "\r\n",
    "#",
    "/*",
    "*/",
    "<<EOT",
    "${",
    "[",
    "]",
    ",",
    "\\",
    "a",
  ];
  return fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((all) => all.join(" "));
}

function cut(text: string, at: number): string {
  return text.slice(0, at % (text.length + 1));
}
