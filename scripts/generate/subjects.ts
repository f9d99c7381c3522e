/** Everything that has a schema: the provider, its resources, its data sources and its ephemeral resources. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { PROVIDER_NAME } from "../../src/installation/address";
import { providerSchema } from "../../src/provider-schema";
import type { Schema } from "../../src/terraform";

export type Kind = "provider" | "resource" | "data-source" | "ephemeral-resource";

export interface Subject {
  readonly kind: Kind;
  /** The name in Terraform: `ksvla_infrastructure`, or `ksvla` for the provider. */
  readonly type: string;
  readonly schema: Schema;
  /** The module that exports the schema, relative to the project's root and without extension. */
  readonly module: string;
  readonly exportName: string;
}

const FOLDERS = [
  ["resource", "src/resources"],
  ["data-source", "src/data-sources"],
  ["ephemeral-resource", "src/ephemeral-resources"],
] as const;

/** The provider first, then resources, data sources and ephemeral resources, each by name. */
export async function findSubjects(root: string): Promise<readonly Subject[]> {
  const provider: Subject = {
    kind: "provider",
    type: PROVIDER_NAME,
    schema: providerSchema,
    module: "src/provider-schema",
    exportName: "providerSchema",
  };
  const others = await Promise.all(FOLDERS.map(([kind, folder]) => findIn(root, kind, folder)));
  return [provider, ...others.flat()];
}

async function findIn(root: string, kind: Kind, folder: string): Promise<readonly Subject[]> {
  const names = readdirSync(join(root, folder)).filter((name) => existsSync(join(root, folder, name, "schema.ts")));
  const found = await Promise.all(names.map((name) => findInModule(root, kind, name, `${folder}/${name}/schema`)));
  return found.flat().sort((one, other) => one.type.localeCompare(other.type));
}

/** A folder is named after its type: `openstack-project` is `ksvla_openstack_project`. */
async function findInModule(root: string, kind: Kind, name: string, module: string): Promise<readonly Subject[]> {
  const exports = (await import(join(root, module))) as Readonly<Record<string, unknown>>;
  const type = `${PROVIDER_NAME}_${name.replaceAll("-", "_")}`;
  return Object.entries(exports).flatMap(([exportName, value]) =>
    isSchema(value) ? [{ kind, type, schema: value, module, exportName }] : [],
  );
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && "attributes" in value && "rules" in value;
}
