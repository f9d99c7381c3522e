/**
 * Writes what is generated: the constructs and the reference, which follow from the schemas, the list of decisions, and the
 * picture of how it fits together.
 * `--check` writes nothing and fails when something is not up to date.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { constructFile, renderConstruct, renderIndex } from "./generate/constructs";
import { renderDecisions } from "./generate/decisions";
import { documentFile, renderDocument, renderOverview } from "./generate/documents";
import { renderPictures } from "./generate/picture";
import { findSubjects } from "./generate/subjects";

const FOLDERS = ["constructs/generated", "docs/reference", "docs/images"];

/** Every generated file: its path, relative to the root, and its text. */
export async function generate(root: string): Promise<ReadonlyMap<string, string>> {
  const subjects = await findSubjects(root);
  // CDKTF has no ephemeral resources.
  const constructed = subjects.filter(({ kind }) => kind !== "ephemeral-resource");
  return new Map([
    ...constructed.map((subject) => [constructFile(subject), renderConstruct(subject)] as const),
    ["constructs/generated/index.ts", renderIndex(constructed)],
    ...subjects.map((subject) => [documentFile(subject), renderDocument(subject, root)] as const),
    ["docs/reference/README.md", renderOverview(subjects)],
    ["docs/decisions/README.md", renderDecisions(root)],
    ...renderPictures(),
  ]);
}

/** The paths that are missing, differ, or are no longer generated. */
export function findStale(root: string, files: ReadonlyMap<string, string>): readonly string[] {
  const differing = [...files].filter(([file, text]) => {
    const path = join(root, file);
    return !existsSync(path) || readFileSync(path, "utf8") !== text;
  });
  return [...differing.map(([file]) => file), ...findSuperfluous(root, files)];
}

function findSuperfluous(root: string, files: ReadonlyMap<string, string>): readonly string[] {
  return FOLDERS.filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((file) => !files.has(file));
}

async function main(): Promise<void> {
  const root = join(__dirname, "..");
  const files = await generate(root);
  const stale = findStale(root, files);
  if (process.argv.includes("--check")) {
    for (const file of stale) console.error(`${file} is not up to date.`);
    if (stale.length > 0) throw new Error("Run: npm run generate");
    return;
  }
  for (const file of stale) {
    const text = files.get(file);
    if (text === undefined) {
      rmSync(join(root, file));
    } else {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    console.log(text === undefined ? `removed ${file}` : `wrote ${file}`);
  }
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
