/**
 * Reads an answer leniently: unknown fields stay out, optional ones may be missing or anything else, and only what has to be
 * there is insisted on, with its place.
 */
import { type Asked, MalformedAnswerError } from "./errors";
import { parseJson } from "./json";

export type JsonObject = Readonly<Record<string, unknown>>;

/** A body that is no JSON. */
class Garbled {
  constructor(readonly what: string) {}
}

/** A value somewhere in an answer. It never shows the value itself, since that may be a secret. */
export class JsonReader {
  /** The value of a whole body. One that is no JSON is an error for whoever wants more than that there is an answer. */
  static of(body: string, asked: Asked): JsonReader {
    try {
      return new JsonReader(parseJson(body), asked);
    } catch {
      return new JsonReader(new Garbled(describeGarbled(body)), asked);
    }
  }

  /**
   * @param asked what this is the answer to
   * @param path where in the answer the value is, e.g. `connectionInfo.admin`
   */
  constructor(
    readonly value: unknown,
    private readonly asked: Asked,
    private readonly path = "",
  ) {}

  /** A field of this object; a missing one where this is no object. */
  field(name: string): JsonReader {
    if (this.value instanceof Garbled) return this.refuse("JSON");
    const value = isObject(this.value) && Object.hasOwn(this.value, name) ? this.value[name] : undefined;
    return new JsonReader(value, this.asked, this.path === "" ? name : `${this.path}.${name}`);
  }

  /** For operations whose answer says nothing: any success will do, but a web page is somebody else's. */
  ignored(): void {
    if (this.value instanceof Garbled && this.value.what === WEB_PAGE) this.refuse("JSON");
  }

  get isObject(): boolean {
    return isObject(this.value);
  }

  get isMissing(): boolean {
    return this.value === undefined || this.value === null;
  }

  /** How many elements this list has; undefined where it is none. */
  get length(): number | undefined {
    return Array.isArray(this.value) ? this.value.length : undefined;
  }

  /** Insists on an object. */
  object(): this {
    return this.isObject ? this : this.refuse("an object");
  }

  /** This object's fields; none where it is no object. */
  fields(): readonly (readonly [string, JsonReader])[] {
    return isObject(this.value) ? Object.keys(this.value).map((name) => [name, this.field(name)] as const) : [];
  }

  /** The elements of a list; none where it is missing. */
  list(): readonly JsonReader[] {
    return this.isMissing || Array.isArray(this.value) ? this.optionalList() : this.refuse("a list");
  }

  /** The elements of a list that nobody needs; none where it is something else. */
  optionalList(): readonly JsonReader[] {
    if (!Array.isArray(this.value)) return [];
    return this.value.map((element: unknown, index) => new JsonReader(element, this.asked, `${this.path}[${index}]`));
  }

  /** Text; a number or a boolean counts as its text, and a long integer as its digits. Undefined when empty or no text. */
  optionalText(): string | undefined {
    return textOf(this.value);
  }

  /** Text that has to be there. */
  text(): string {
    return textOf(this.value) ?? this.refuse("a text");
  }

  /** The id of what was asked for by it. An answer about another object is none: nothing may be taken from it. */
  id(asked?: string): string {
    const id = this.text();
    if (asked === undefined) return id;
    // Some servers write the letters of a UUID otherwise than they were told.
    return id.toLowerCase() === asked.toLowerCase() ? asked : this.foreign(asked, "the id of another object");
  }

  /** Refuses an answer that is about another object than the one that was asked for. */
  foreign(expected: string, got: string): never {
    throw new MalformedAnswerError(this.asked, { flaw: "foreign", path: this.path, expected: `"${expected}"`, got });
  }

  /** A number, also one in quotes. Undefined when it is none. */
  optionalNumber(): number | undefined {
    if (this.value === "") return undefined;
    const number = typeof this.value === "string" ? Number(this.value) : this.value;
    return typeof number === "number" && Number.isFinite(number) ? number : undefined;
  }

  /** True or false, also in quotes; false when missing. */
  flag(): boolean {
    return this.isMissing ? false : (this.optionalFlag() ?? this.refuse("true or false"));
  }

  /** True or false, also in quotes. Undefined when it is neither. */
  optionalFlag(): boolean | undefined {
    const text = textOf(this.value)?.toLowerCase();
    return text === "true" || text === "false" ? text === "true" : undefined;
  }

  private refuse(expected: string): never {
    const { asked, path, value } = this;
    if (value instanceof Garbled) {
      throw new MalformedAnswerError(asked, { flaw: "garbled", path, expected: "JSON", got: value.what });
    }
    throw new MalformedAnswerError(asked, { flaw: "shape", path, expected, got: kind(value) });
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Garbled);
}

/** The text of a value, where it has one; a number that JavaScript has rounded has none. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "number") {
    return Number.isSafeInteger(value) || !Number.isInteger(value) ? String(value) : undefined;
  }
  if (typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
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
