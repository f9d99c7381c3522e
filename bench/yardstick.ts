/** The provider that ours is compared with: in Go, on terraform-plugin-framework, with the schema of `ksvla_svm`. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { terraformPlatform } from "../src/installation/platforms";
import { svmSchema } from "../src/resources/svm/schema";
import { toSnakeCase } from "../src/terraform/schema";
import type { Attribute, Attributes, Type } from "../src/terraform/schema/types";

/** Where Terraform takes it to be from. */
export const YARDSTICK_SOURCE = "terraform.local/bench/yardstick";
const VERSION = "1.0.0";

/**
 * Builds it into a folder.
 * @returns the program, or undefined where there is no Go
 */
export function buildYardstick(folder: string): string | undefined {
  if (goVersion() === undefined) return undefined;
  const sources = join(folder, "yardstick");
  cpSync(join(__dirname, "go"), sources, { recursive: true });
  writeFileSync(join(sources, "schema.json"), JSON.stringify(described(svmSchema.attributes)));
  const program = join(folder, "terraform-provider-yardstick");
  execFileSync("go", ["build", "-trimpath", "-ldflags=-s -w", "-o", program, "."], { cwd: sources, stdio: "inherit" });
  return program;
}

export function goVersion(): string | undefined {
  try {
    return execFileSync("go", ["env", "GOVERSION"], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}

/** Puts it where Terraform finds it when it runs in a directory. */
export function installYardstick(program: string, directory: string): void {
  const mirror = join(
    directory,
    "terraform.d",
    "plugins",
    ...YARDSTICK_SOURCE.split("/"),
    VERSION,
    terraformPlatform(),
  );
  mkdirSync(mirror, { recursive: true });
  cpSync(program, join(mirror, `terraform-provider-yardstick_v${VERSION}`));
}

/** A configuration of ours, for the yardstick. */
export function forYardstick(configuration: string): string {
  const { terraform, resource, ...rest } = JSON.parse(configuration) as Record<string, Record<string, unknown>>;
  return JSON.stringify({
    ...rest,
    terraform: { ...terraform, required_providers: { yardstick: { source: YARDSTICK_SOURCE, version: VERSION } } },
    provider: { yardstick: [{}] },
    resource: { yardstick_svm: resource?.["ksvla_svm"] },
  });
}

/** What `go/attributes.go` reads. */
function described(attributes: Attributes): object {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [toSnakeCase(name), describe(attribute)]),
  );
}

function describe({ type, flags, description, sensitive, useStateForUnknown, requiresReplace, ...rest }: Attribute) {
  return {
    kind: kindOf(type),
    description,
    ...(type.kind === "nested" && { attributes: described(type.attributes) }),
    required: flags.has("required"),
    optional: flags.has("optional"),
    computed: flags.has("computed"),
    sensitive,
    writeOnly: flags.has("writeOnly"),
    replaces: requiresReplace !== undefined && requiresReplace !== false,
    keeps: useStateForUnknown,
    default: rest.default,
  };
}

function kindOf(type: Type): string {
  switch (type.kind) {
    case "nested":
      return type.nesting;
    case "list":
    case "set":
      return `${type.kind} of ${kindOf(type.element)}`;
    default:
      return type.kind;
  }
}
