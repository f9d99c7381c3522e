/** What `cdktf synth --hcl` needs beside what CDKTF does. */
import { isRecord } from "./record";

type Blocks = Readonly<Record<string, unknown>>;

/**
 * A resource or data source for HCL, with the conditions of its life cycle as blocks. CDKTF writes them as lists, which are no
 * arguments that Terraform knows.
 */
export function withConditionBlocks<T extends object>(fragment: T): T;
export function withConditionBlocks(fragment: object): object {
  return mapRecord(fragment, (types, kind) =>
    kind === "resource" || kind === "data"
      ? mapRecord(types, (elements) => mapRecord(elements, (attributes) => withLifecycleBlocks(attributes)))
      : types,
  );
}

function withLifecycleBlocks(attributes: unknown): unknown {
  return mapRecord(attributes, (value, name) =>
    name === "lifecycle" && isRecord(value) ? { isBlock: true, value: lifecycleBlocks(value) } : value,
  );
}

function lifecycleBlocks(lifecycle: object): Blocks {
  const entries = Object.entries(lifecycle).flatMap(([name, value]) => {
    if (name !== "precondition" && name !== "postcondition") return [[name, value]];
    const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0);
    return isEmpty ? [] : [[name, { isBlock: true, type: "list", storageClassType: "object", value }]];
  });
  return Object.fromEntries(entries);
}

function mapRecord(record: unknown, map: (value: unknown, name: string) => unknown): object;
function mapRecord(record: unknown, map: (value: unknown, name: string) => unknown): unknown {
  if (!isRecord(record)) return record;
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));
}
