/** Reads an answer leniently: unknown fields stay out, optional ones may be missing, a malformed one names its place. */
import { type Asked, MalformedAnswerError } from "./errors";

export type JsonObject = Readonly<Record<string, unknown>>;

/** A value somewhere in an answer. It never shows the value itself, since that may be a secret. */
export class JsonReader {
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
    const value = isObject(this.value) && Object.hasOwn(this.value, name) ? this.value[name] : undefined;
    return new JsonReader(value, this.asked, this.path === "" ? name : `${this.path}.${name}`);
  }

  get isObject(): boolean {
    return isObject(this.value);
  }

  get isMissing(): boolean {
    return this.value === undefined || this.value === null;
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
    if (this.isMissing) return [];
    if (!Array.isArray(this.value)) return this.refuse("a list");
    return this.value.map((element: unknown, index) => new JsonReader(element, this.asked, `${this.path}[${index}]`));
  }

  /** Text; a number or a boolean counts as its text. Undefined when missing or empty. */
  optionalText(): string | undefined {
    if (this.isMissing || this.value === "") return undefined;
    return this.text();
  }

  /** Text that has to be there. */
  text(): string {
    if (typeof this.value === "string" && this.value !== "") return this.value;
    if (typeof this.value === "number" || typeof this.value === "boolean") return String(this.value);
    return this.refuse("a text");
  }

  /** A number, also one in quotes. Undefined when missing. */
  optionalNumber(): number | undefined {
    if (this.isMissing || this.value === "") return undefined;
    const number = typeof this.value === "string" ? Number(this.value) : this.value;
    return typeof number === "number" && Number.isFinite(number) ? number : this.refuse("a number");
  }

  /** True or false, also in quotes; false when missing. */
  flag(): boolean {
    if (this.isMissing) return false;
    if (typeof this.value === "boolean") return this.value;
    if (this.value === "true" || this.value === "false") return this.value === "true";
    return this.refuse("true or false");
  }

  private refuse(expected: string): never {
    throw new MalformedAnswerError(this.asked, { flaw: "shape", path: this.path, expected, got: kind(this.value) });
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kind(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (value === "") return "an empty text";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
