/**
 * Reads HCL with static values: no references, operators or functions, which neither a lock file nor a CLI
 * configuration may have. The grammar: HCL Native Syntax Specification, "Structural Elements".
 */
import { type Token, tokensOf } from "./tokens";

/**
 * Lock files are HCL 2, Terraform's CLI configuration is HCL 1: there the items of a body may share a line, and names
 * may be quoted.
 */
export type Dialect = "hcl1" | "hcl2";

export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  /** Absent for a block that was not read; see {@link ParseOptions.skip}. */
  readonly body?: Body;
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
  /** Counted from 0. */
  readonly line: number;
}
export interface Body {
  readonly attributes: ReadonlyMap<string, Value>;
  readonly blocks: readonly Block[];
}

export interface ParseOptions {
  readonly dialect: Dialect;
  /** The blocks of which only the extent is wanted, whatever is inside. */
  readonly skip?: (type: string, labels: readonly string[]) => boolean;
}

/** The text is not HCL with static values. */
export class HclError extends Error {
  override readonly name = "HclError";

  /** @param line Counted from 0. */
  constructor(
    readonly line: number,
    readonly problem: string,
  ) {
    super(`line ${line + 1}: ${problem}`);
  }
}

/** @throws HclError */
export function parseHcl(text: string, options: ParseOptions): Body {
  const parser = new Parser(tokensOf(text), options);
  const body = parser.body();
  parser.expect("end");
  return body;
}

class Parser {
  #at = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly options: ParseOptions,
  ) {}

  /** Items up to a closing brace or the end of the file. */
  body(): Body {
    const attributes = new Map<string, Value>();
    const blocks: Block[] = [];
    for (let previous: Token | undefined; !this.#isAt("}") && this.#next.kind !== "end"; previous = this.#previous) {
      this.#separate(previous);
      const name = this.#name();
      if (this.#take("=")) attributes.set(name.text, this.#value());
      else blocks.push(this.#block(name));
    }
    return { attributes, blocks };
  }

  expect(kind: Token["kind"] | "{" | "}"): Token {
    const token = this.#next;
    if (token.kind !== kind && !this.#isAt(kind)) throw this.#unexpected(`where ${described(kind)} belongs`);
    this.#at += 1;
    return token;
  }

  get #next(): Token {
    return this.#token(this.#at);
  }

  get #previous(): Token {
    return this.#token(this.#at - 1);
  }

  #token(index: number): Token {
    const token = this.tokens[Math.min(index, this.tokens.length - 1)];
    if (token === undefined) throw new RangeError(`no token ${index}`);
    return token;
  }

  #isAt(punctuation: string): boolean {
    return this.#next.kind === "punctuation" && this.#next.text === punctuation;
  }

  #take(punctuation: string): boolean {
    const found = this.#isAt(punctuation);
    if (found) this.#at += 1;
    return found;
  }

  #separate(previous: Token | undefined): void {
    if (this.options.dialect === "hcl1") this.#take(",");
    else if (previous?.endLine === this.#next.line) throw this.#unexpected("where the line should end");
  }

  #name(): Token {
    if (this.options.dialect === "hcl1" && this.#next.kind === "string") return this.expect("string");
    return this.expect("identifier");
  }

  #block(type: Token): Block {
    const labels: string[] = [];
    while (this.#next.kind === "string" || this.#next.kind === "identifier") {
      labels.push(this.#next.text);
      this.#at += 1;
    }
    this.expect("{");
    const name = [type.text, ...labels.map((label) => JSON.stringify(label))].join(" ");
    const notClosed = new HclError(type.line, `the block ${name} is not closed by a "}"`);
    const isSkipped = this.options.skip?.(type.text, labels) === true;
    const body = isSkipped ? this.#skipBody(type, notClosed) : this.#closedBody(notClosed);
    const { end } = this.#previous;
    return { type: type.text, labels, ...(body && { body }), start: type.start, end, line: type.line };
  }

  #closedBody(notClosed: HclError): Body {
    const body = this.body();
    if (this.#next.kind === "end") throw notClosed;
    this.expect("}");
    return body;
  }

  /** To the closing brace. Another block of the same type that begins inside shows that there is none. */
  #skipBody(type: Token, notClosed: HclError): undefined {
    for (let depth = 1; depth > 0; this.#at += 1) {
      const isSameType = this.#next.kind === "identifier" && this.#next.text === type.text;
      if (this.#next.kind === "end" || (isSameType && this.#token(this.#at + 1).kind === "string")) {
        throw notClosed;
      }
      if (this.#isAt("{")) depth += 1;
      if (this.#isAt("}")) depth -= 1;
    }
  }

  #value(): Value {
    if (this.#take("[")) return this.#list();
    if (this.#take("{")) return this.#object();
    const { kind, text } = this.#next;
    const word = kind === "identifier" ? WORDS.get(text) : undefined;
    if (kind !== "string" && kind !== "number" && word === undefined) throw this.#unexpected("where a value belongs");
    this.#at += 1;
    if (kind === "string") return text;
    return kind === "number" ? Number(text) : (word ?? null);
  }

  #list(): readonly Value[] {
    const values: Value[] = [];
    while (!this.#take("]")) {
      values.push(this.#value());
      if (!this.#take(",") && !this.#isAt("]")) throw this.#unexpected('where "," or "]" belongs');
    }
    return values;
  }

  #object(): Value {
    const entries: [string, Value][] = [];
    while (!this.#take("}")) {
      const name = this.#next.kind === "string" ? this.expect("string") : this.expect("identifier");
      if (!this.#take("=") && !this.#take(":")) throw this.#unexpected('where "=" belongs');
      entries.push([name.text, this.#value()]);
      this.#take(",");
    }
    return Object.fromEntries(entries);
  }

  #unexpected(where: string): HclError {
    const { kind, text, line } = this.#next;
    const found = kind === "invalid" || kind === "end" ? text : JSON.stringify(text);
    return new HclError(line, `there is ${found} ${where}`);
  }
}

/** `null` is told from a word that is none by the caller. */
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

function described(kind: string): string {
  if (kind === "identifier") return "a name";
  return kind === "end" ? "nothing" : JSON.stringify(kind);
}
