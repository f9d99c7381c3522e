/**
 * A CLI configuration in JSON, which HCL 1 takes as well: a block is an object, or a list of them, under its type. Terraform 1.11
 * wants the methods as lists, and says so itself of those that are none.
 */
import type { InstallationMethod, ProviderInstallation } from "./provider-installation";

export function isJson(text: string): boolean {
  return text.trimStart().startsWith("{");
}

/**
 * The `provider_installation` blocks.
 *
 * @throws SyntaxError when the text is not JSON
 */
export function installationsInJson(text: string): readonly Pick<ProviderInstallation, "line" | "methods">[] {
  const configuration: unknown = JSON.parse(text);
  return objectsIn(fieldOf(configuration, BLOCK)).map((block) => ({
    line: lineOf(text, BLOCK),
    methods: Object.entries(block).flatMap(([kind, bodies]) =>
      objectsIn(bodies).map((body) => methodOf(text, kind, body)),
    ),
  }));
}

const BLOCK = "provider_installation";

function methodOf(text: string, kind: string, body: JsonObject): InstallationMethod {
  const { path, include, exclude } = body;
  return {
    kind,
    line: lineOf(text, kind),
    ...(typeof path === "string" && { path }),
    include: textsIn(include),
    exclude: textsIn(exclude),
    overridden: kind === "dev_overrides" ? Object.keys(body) : [],
  };
}

type JsonObject = Readonly<Record<string, unknown>>;

function objectsIn(value: unknown): readonly JsonObject[] {
  return [value].flat().filter((item): item is JsonObject => typeof item === "object" && item !== null);
}

function fieldOf(value: unknown, name: string): unknown {
  return objectsIn(value)[0]?.[name];
}

function textsIn(value: unknown): readonly string[] {
  return [value].flat().filter((item) => typeof item === "string");
}

/** Where a name is first: JSON.parse does not tell. Counted from 1. */
function lineOf(text: string, name: string): number {
  return text.slice(0, Math.max(0, text.indexOf(`"${name}"`))).split("\n").length;
}
