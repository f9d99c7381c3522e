/**
 * Reads an answer leniently: unknown fields stay out, optional ones may be missing or anything else, and only what has to be
 * there is insisted on, with its place.
 */
import { isSameId } from "../ids";
import { type Body, bodyText } from "./body";
import { type Asked, type Flaw, IntegrationServerError, MalformedAnswerError } from "./errors";
import { isObject, parseJson } from "./json";
import { parseInTurns } from "./json-slices";
import type { Secrets } from "./secret";
import { messageIn } from "./server-message";
import { safeLines, safeText } from "./server-text";

/** A body of which no JSON can be made. */
class Unreadable {
  constructor(
    readonly flaw: Flaw["flaw"],
    readonly what: string,
  ) {}
}

/** What an answer is read for. */
export interface Reading extends Asked {
  /** Kept out of what the server says to people. Names, ids and addresses stay as they are. */
  readonly secrets: Secrets;
}

/** A value somewhere in an answer. It never shows the value itself, since that may be a secret. */
export class JsonReader {
  /** The value of a whole body. One that is no JSON is an error for whoever wants more than that there is an answer. */
  static async of(body: Body, reading: Reading): Promise<JsonReader> {
    const { bytes, longArrays, excess } = body;
    if (excess !== undefined) return new JsonReader(new Unreadable("shape", excess), reading);
    try {
      const value = longArrays.length > 0 ? await parseInTurns(bytes, longArrays) : parseJson(bodyText(body));
      return new JsonReader(value, reading);
    } catch {
      return new JsonReader(new Unreadable("garbled", describeGarbled(bodyText(body))), reading);
    }
  }

  /**
   * @param reading what this is the answer to
   * @param path where in the answer the value is, e.g. `connectionInfo.admin`
   */
  constructor(
    readonly value: unknown,
    private readonly reading: Reading,
    private readonly path = "",
  ) {}

  /** What is made of the whole answer. Whatever fails in that, it is because of the answer. */
  async make<T>(parse: (answer: JsonReader) => T | Promise<T>): Promise<T> {
    try {
      return await parse(this);
    } catch (error) {
      if (error instanceof IntegrationServerError) throw error;
      const flaw = { flaw: "shape", path: "", expected: "an answer as documented", got: "another" } as const;
      throw new MalformedAnswerError(this.reading, flaw, { cause: error });
    }
  }

  /** A field of this object; a missing one where this is no object. */
  field(name: string): JsonReader {
    if (this.value instanceof Unreadable) return this.refuse("JSON");
    const value = isObject(this.value) && Object.hasOwn(this.value, name) ? this.value[name] : undefined;
    return new JsonReader(value, this.reading, this.path === "" ? name : `${this.path}.${name}`);
  }

  /** For operations whose answer says nothing: any success will do, but a web page is somebody else's. */
  ignored(): void {
    if (this.value instanceof Unreadable && this.value.what === WEB_PAGE) this.refuse("JSON");
  }

  get isObject(): boolean {
    return isObject(this.value) && !(this.value instanceof Unreadable);
  }

  get isMissing(): boolean {
    return this.value === undefined || this.value === null;
  }

  /** How many elements this list has; undefined where it is none. */
  get length(): number | undefined {
    return this.#elements?.length;
  }

  /** A list of one object may stand without its brackets: some servers make their JSON of XML, which has none. */
  get #elements(): readonly unknown[] | undefined {
    if (Array.isArray(this.value)) return this.value;
    return this.isObject ? [this.value] : undefined;
  }

  /** Insists on an object. */
  object(): this {
    return this.isObject ? this : this.refuse("an object");
  }

  /** This object's fields; none where it is no object. */
  fields(): readonly (readonly [string, JsonReader])[] {
    return isObject(this.value) && this.isObject
      ? Object.keys(this.value).map((name) => [safeText(name), this.field(name)] as const)
      : [];
  }

  /** The elements of a list; none where it is missing. */
  list(): readonly JsonReader[] {
    return this.isMissing || this.#elements ? this.optionalList() : this.refuse("a list");
  }

  /** The elements of a list that nobody needs; none where it is something else. */
  optionalList(): readonly JsonReader[] {
    const elements = this.#elements ?? [];
    return elements.map((element, index) => new JsonReader(element, this.reading, `${this.path}[${index}]`));
  }

  /** Text; a number or a boolean counts as its text, and a long integer as its digits. Undefined when empty or no text. */
  optionalText(): string | undefined {
    return textOf(this.value);
  }

  /** Text that only people read, so that it may be without the secrets in it. Undefined when empty or no text. */
  shown(): string | undefined {
    const text = textOf(this.value);
    return text === undefined ? undefined : this.reading.secrets.redact(text);
  }

  /** What the server says to people, in whatever form it says it. Undefined when it says nothing. */
  message(): string | undefined {
    return messageIn(this.value, this.reading.secrets);
  }

  /** Text whose lines mean something, such as a certificate. Undefined when there is none. */
  lines(): string | undefined {
    return typeof this.value === "string" && this.value !== "" ? safeLines(this.value) : undefined;
  }

  /** Text that has to be there. */
  text(): string {
    return textOf(this.value) ?? this.refuse("a text");
  }

  /** The id of what was asked for by it. An answer about another object is none: nothing may be taken from it. */
  id(asked?: string): string {
    const id = this.text();
    if (asked === undefined) return id;
    return isSameId(id, asked) ? asked : this.foreign(asked, "the id of another object");
  }

  /** Refuses an answer that is about another object than the one that was asked for. */
  foreign(expected: string, got: string): never {
    throw new MalformedAnswerError(this.reading, { flaw: "foreign", path: this.path, expected: `"${expected}"`, got });
  }

  /** A number, also one in quotes. Undefined when it is none. */
  optionalNumber(): number | undefined {
    if (this.value === "") return undefined;
    const number = typeof this.value === "string" ? Number(this.value) : this.value;
    return typeof number === "number" && Number.isFinite(number) ? number : undefined;
  }

  /** True or false, also in quotes or as 1 and 0; false when missing. */
  flag(): boolean {
    return this.isMissing ? false : (this.optionalFlag() ?? this.refuse("true or false"));
  }

  /** True or false, also in quotes or as 1 and 0. Undefined when it is neither. */
  optionalFlag(): boolean | undefined {
    return FLAGS.get(textOf(this.value)?.toLowerCase() ?? "");
  }

  refuse(expected: string): never {
    const { reading, path, value } = this;
    if (value instanceof Unreadable) {
      throw new MalformedAnswerError(reading, { flaw: value.flaw, path, expected: "JSON", got: value.what });
    }
    throw new MalformedAnswerError(reading, { flaw: "shape", path, expected, got: kind(value) });
  }
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

/** The text of a value, where it has one; a number that JavaScript has rounded has none. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "number") {
    return Number.isSafeInteger(value) || !Number.isInteger(value) ? String(value) : undefined;
  }
  if (typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "" ? safeText(value) : undefined;
}

const WEB_PAGE = "a web page";

function describeGarbled(body: string): string {
  const text = body.trimStart();
  if (text === "") return "nothing";
  if (/^<(?:!doctype html|html)/i.test(text)) return WEB_PAGE;
  if (text.startsWith("<")) return "XML";
  return /^[[{]/.test(text) ? "JSON that breaks off or is damaged" : "something else";
}

function kind(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (value === "") return "an empty text";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
