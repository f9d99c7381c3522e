/** A YAML or JSON text as values that know where they stand. Of the library that reads YAML, nothing else knows. */
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";

/** Both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type Value = Position &
  (
    | { readonly kind: "scalar"; readonly scalar: unknown /** As it was written. */; readonly source: string }
    | { readonly kind: "list"; readonly items: readonly Value[] }
    | { readonly kind: "map"; readonly fields: ReadonlyMap<string, Field> }
  );

/** Stands where its name does. */
export interface Field extends Position {
  readonly value: Value;
}

export interface Mistake extends Position {
  readonly message: string;
}

export function mistakeAt({ line, column }: Position, message: string): Mistake {
  return { line, column, message };
}

/** The value of a text, or why it is no YAML. JSON is YAML, too; an empty text is null. */
export function readDocument(text: string): { readonly value: Value } | { readonly mistakes: readonly Mistake[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const reader = new Reader(document, lines);
  if (document.errors.length > 0) {
    return { mistakes: document.errors.map(({ message, pos: [offset] }) => mistakeAt(reader.at(offset), message)) };
  }
  const value = reader.read(document.contents, []);
  return reader.mistakes.length > 0 ? { mistakes: reader.mistakes } : { value };
}

class Reader {
  readonly mistakes: Mistake[] = [];

  constructor(
    private readonly document: Document,
    private readonly lines: LineCounter,
  ) {}

  at(offset: number): Position {
    const { line, col } = this.lines.linePos(offset);
    return { line, column: col };
  }

  /** @param within what the node is a part of, since an alias can stand for a whole that it is in */
  read(node: unknown, within: readonly unknown[]): Value {
    const position = this.at((node as Partial<Node> | null)?.range?.[0] ?? 0);
    if (isAlias(node)) {
      const target = node.resolve(this.document);
      if (!within.includes(target)) return { ...this.read(target, within), ...position };
      this.mistakes.push(mistakeAt(position, `*${node.source} is a part of itself.`));
    }
    const inside = [...within, node];
    if (isSeq(node)) return { ...position, kind: "list", items: node.items.map((item) => this.read(item, inside)) };
    if (isMap(node)) {
      const fields = node.items.map(({ key, value }) => this.#field(key, value, inside));
      return { ...position, kind: "map", fields: merged(fields) };
    }
    const scalar = isScalar(node) ? node.value : null;
    return { ...position, kind: "scalar", scalar, source: isScalar(node) ? (node.source ?? String(scalar)) : "" };
  }

  #field(key: unknown, node: unknown, within: readonly unknown[]): readonly [string, Field] {
    const name = this.read(key, within);
    // What stands for nothing has no place of its own: it is missing where its name is.
    const value =
      node === null ? { ...name, kind: "scalar" as const, scalar: null, source: "" } : this.read(node, within);
    return [String(name.kind === "scalar" ? name.scalar : ""), { line: name.line, column: name.column, value }];
  }
}

/** `<<: *other` has the fields of another map, or of several, that are not here. */
function merged(fields: readonly (readonly [string, Field])[]): ReadonlyMap<string, Field> {
  const own = new Map(fields.filter(([name]) => name !== "<<"));
  const others = fields
    .filter(([name]) => name === "<<")
    .flatMap(([, { value }]) => (value.kind === "list" ? value.items : [value]));
  const inherited = others.flatMap((other) => (other.kind === "map" ? [...other.fields] : []));
  return new Map([...inherited.reverse(), ...own]);
}
