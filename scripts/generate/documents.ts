/** Markdown for `docs/reference`: one page for the provider, each resource, each data source and each ephemeral resource. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Attribute } from "../../src/terraform";
import { toSnakeCase } from "../../src/terraform";
import type { Type } from "../../src/terraform/schema/types";
import { className } from "./constructs";
import type { Subject } from "./subjects";
import { nestedOf, requirementOf, sorted, splitDefault } from "./text";

const FOLDERS = {
  provider: "",
  resource: "resources/",
  "data-source": "data-sources/",
  "ephemeral-resource": "ephemeral-resources/",
} as const;

export function documentFile({ kind, type }: Subject): string {
  return kind === "provider" ? "docs/reference/provider.md" : `docs/reference/${FOLDERS[kind]}${type}.md`;
}

export function renderDocument(subject: Subject, root: string): string {
  const { kind, type, schema } = subject;
  const attributes = sorted(schema.attributes);
  const title = kind === "provider" ? `Provider ${type}` : `${type} (${kind.replace("-", " ")})`;
  return `${[
    `# ${title}`,
    schema.description,
    inTypeScript(subject, root),
    ...example(subject, root),
    ...section("Arguments", attributes, (attribute) => requirementOf(attribute) !== "computed"),
    ...section("Attributes", attributes, (attribute) => requirementOf(attribute) === "computed"),
    ...nestedSections(schema.attributes, ""),
    ...importing(subject, root),
  ].join("\n\n")}\n`;
}

/** What creates a resource without being one of its class, by the resource's name. */
const CREATORS: Readonly<Record<string, string>> = { ksvla_svm: "SvmDeployment" };

/** The generated class, and the hand-written one that extends or creates it where there is one. */
function inTypeScript(subject: Subject, root: string): string {
  const generated = className(subject);
  const folder = join(root, "constructs");
  const extending = new RegExp(`^export class (\\w+) extends ${generated}\\b`, "m");
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const name =
    CREATORS[subject.type] ??
    sources.map((file) => extending.exec(readFileSync(join(folder, file), "utf8"))?.[1]).find(Boolean);
  if (subject.kind === "provider") return `In TypeScript: \`${generated}\`.`;
  if (name === undefined) return `In TypeScript: \`${generated}\` of \`cdktf-ksvla/generated\`.`;
  return `In TypeScript: \`${name}\`, or \`${generated}\` of \`cdktf-ksvla/generated\` with exactly the arguments below.`;
}

/** The list of all pages. */
export function renderOverview(subjects: readonly Subject[]): string {
  const row = (subject: Subject) => {
    const file = documentFile(subject).replace("docs/reference/", "");
    return `- [\`${subject.type}\`](${file}): ${firstSentence(subject.schema.description)}`;
  };
  const of = (kind: Subject["kind"]) => subjects.filter((subject) => subject.kind === kind).map(row);
  return `${[
    "# Reference",
    "Generated from the schemas by `npm run generate`. The names are Terraform's; in TypeScript they are written in camelCase.",
    "## Provider",
    of("provider").join("\n"),
    "## Resources",
    of("resource").join("\n"),
    "## Data sources",
    of("data-source").join("\n"),
    "## Ephemeral resources",
    of("ephemeral-resource").join("\n"),
  ].join("\n\n")}\n`;
}

function example(subject: Subject, root: string): string[] {
  const path = exampleFile(subject, root, `${subject.kind}.tf`);
  return path === undefined ? [] : ["## Example", `\`\`\`terraform\n${readFileSync(path, "utf8").trim()}\n\`\`\``];
}

function importing(subject: Subject, root: string): string[] {
  const path = exampleFile(subject, root, "import.sh");
  if (path === undefined) return [];
  return ["## Import", `\`\`\`shell\n${readFileSync(path, "utf8").trim()}\n\`\`\``, ...importingByIdentity(subject)];
}

function importingByIdentity({ schema: { identity } }: Subject): string[] {
  if (identity === undefined) return [];
  const names = identity.attributes.map((name) => `\`${toSnakeCase(name)}\``).join(" and ");
  return [
    `From Terraform 1.12 and OpenTofu 1.12 on, an \`import\` block can have \`identity = { … }\` (${names}) in place of an import id.`,
  ];
}

function exampleFile({ kind, type }: Subject, root: string, name: string): string | undefined {
  const folder = kind === "provider" ? "provider" : `${FOLDERS[kind]}${type}`;
  const path = join(root, "examples", folder, name);
  return existsSync(path) ? path : undefined;
}

function section(
  title: string,
  attributes: readonly [string, Attribute][],
  includes: (attribute: Attribute) => boolean,
): string[] {
  const lines = attributes
    .filter(([, attribute]) => includes(attribute))
    .map(([name, attribute]) => item(name, attribute));
  return lines.length === 0 ? [] : [`## ${title}`, lines.join("\n")];
}

/** A section for each nested attribute, in the order of the page, each followed by those inside of it. */
function nestedSections(attributes: Subject["schema"]["attributes"], prefix: string): string[] {
  return sorted(attributes).flatMap(([name, { type, timeoutDefaults }]) => {
    const nested = nestedOf(type);
    if (!nested) return [];
    const path = `${prefix}${toSnakeCase(name)}`;
    const lines = sorted(nested).map(([key, attribute]) => item(key, attribute));
    const intro = timeoutDefaults === undefined ? [] : ['Durations such as `"90s"`, `"30m"` or `"1h30m"`.'];
    return [`### \`${path}\``, ...intro, lines.join("\n"), ...nestedSections(nested, `${path}.`)];
  });
}

function item(name: string, attribute: Attribute): string {
  const { text, default: described } = splitDefault(attribute.description);
  const fallback = attribute.default === undefined ? described : `\`${JSON.stringify(attribute.default)}\``;
  const facts = [typeName(attribute.type), ...factsOf(attribute)];
  const sentences = [text, ...(fallback === undefined ? [] : [`Default: ${fallback}.`])];
  if (attribute.deprecated !== undefined) sentences.push(`**Deprecated:** ${attribute.deprecated}`);
  return `- \`${toSnakeCase(name)}\` (${facts.join(", ")}): ${sentences.join(" ")}`;
}

function factsOf(attribute: Attribute): string[] {
  const requirement = requirementOf(attribute);
  return [
    ...(requirement === "required" ? ["**required**"] : []),
    ...(requirement === "optional" ? ["optional"] : []),
    ...(attribute.flags.has("writeOnly") ? ["write-only"] : []),
    ...(attribute.sensitive ? ["sensitive"] : []),
  ];
}

function typeName(type: Type): string {
  switch (type.kind) {
    case "list":
    case "set":
    case "map":
      return `${type.kind} of ${typeName(type.element)}s`;
    case "nested":
      return type.nesting === "single" ? "object" : `${type.nesting} of objects`;
    case "dynamic":
      return "any type";
    default:
      return type.kind;
  }
}

function firstSentence(text: string): string {
  return /^.*?\.(?=\s|$)/.exec(text)?.[0] ?? text;
}
