/** What `cdktf synth --hcl` needs beside what CDKTF does. */
import { Lazy } from "cdktf";
import { quotedTemplate } from "./hcl-template";
import { isRecord } from "./record";

type Attributes = Readonly<Record<string, unknown>>;

/** A value for HCL: its texts as they stand between quotes. */
export function hclValue(value: unknown): unknown {
  return Lazy.anyValue({ produce: (context) => quoted(context.resolve(value)) });
}

function quoted(value: unknown): unknown {
  if (typeof value === "string") return quotedTemplate(value);
  if (Array.isArray(value)) return value.map(quoted);
  return mapRecord(value, quoted);
}

/**
 * A resource or data source for HCL, with the conditions of its life cycle as blocks. CDKTF writes them as lists, which are no
 * arguments that Terraform knows.
 *
 * @param own What else its attributes need.
 */
export function hclFragment<T extends object>(fragment: T, own?: (attributes: Attributes) => Attributes): T;
export function hclFragment(
  fragment: object,
  own: (attributes: Attributes) => Attributes = (attributes) => attributes,
): object {
  const element = (attributes: unknown) => (isRecord(attributes) ? own(withConditionBlocks(attributes)) : attributes);
  return mapRecord(fragment, (types, kind) =>
    kind === "resource" || kind === "data"
      ? mapRecord(types, (elements) => mapRecord(elements, (attributes) => element(attributes)))
      : types,
  );
}

function withConditionBlocks(attributes: object): Attributes {
  return mapRecord(attributes, (value, name) =>
    name === "lifecycle" && isRecord(value) ? { isBlock: true, value: lifecycleBlocks(value) } : value,
  );
}

function lifecycleBlocks(lifecycle: object): Attributes {
  const entries = Object.entries(lifecycle).flatMap(([name, value]) => {
    if (name !== "precondition" && name !== "postcondition") return [[name, value]];
    const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0);
    return isEmpty ? [] : [[name, { isBlock: true, type: "list", storageClassType: "object", value: hclValue(value) }]];
  });
  return Object.fromEntries(entries);
}

function mapRecord(record: object, map: (value: unknown, name: string) => unknown): Attributes;
function mapRecord(record: unknown, map: (value: unknown, name: string) => unknown): unknown;
function mapRecord(record: unknown, map: (value: unknown, name: string) => unknown): unknown {
  if (!isRecord(record)) return record;
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));
}
