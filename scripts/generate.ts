/**
 * Writes what is generated: the constructs and the reference, which follow from the schemas, the list of decisions, the
 * picture of how it fits together, and reports of what the package's entries export.
 * `--check` writes nothing and fails when something is not up to date.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { compileConstructs } from "./build/constructs";
import { API_FOLDER, apiReports } from "./generate/api-reports";
import { constructFile, renderConstruct, renderIndex } from "./generate/constructs";
import { renderDecisions } from "./generate/decisions";
import { documentFile, renderDocument, renderOverview } from "./generate/documents";
import { renderPictures } from "./generate/picture";
import { findSubjects } from "./generate/subjects";

const FOLDERS = ["constructs/generated", "docs/reference", "docs/images"];

/** Every generated file but the reports, which are about what is built: its path, relative to the root, and its text. */
export async function generate(root: string): Promise<ReadonlyMap<string, string>> {
  const subjects = await findSubjects(root);
  return new Map([
    ...subjects.map((subject) => [constructFile(subject), renderConstruct(subject)] as const),
    ["constructs/generated/index.ts", renderIndex(subjects)],
    ...subjects.map((subject) => [documentFile(subject), renderDocument(subject, root)] as const),
    ["docs/reference/README.md", renderOverview(subjects)],
    ["docs/decisions/README.md", renderDecisions(root)],
    ...renderPictures(),
  ]);
}

/** The paths that are missing, differ, or are no longer generated into their folders. */
export function findStale(
  root: string,
  files: ReadonlyMap<string, string>,
  folders: readonly string[] = FOLDERS,
): readonly string[] {
  const differing = [...files].filter(([file, text]) => {
    const path = join(root, file);
    return !existsSync(path) || readFileSync(path, "utf8") !== text;
  });
  return [...differing.map(([file]) => file), ...findSuperfluous(root, files, folders)];
}

function findSuperfluous(
  root: string,
  files: ReadonlyMap<string, string>,
  folders: readonly string[],
): readonly string[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((file) => !files.has(file));
}

async function main(): Promise<void> {
  const root = join(__dirname, "..");
  const check = process.argv.includes("--check");
  const stale = bringUpToDate(root, await generate(root), FOLDERS, check);
  // Declarations of what was just written.
  const declarations = mkdtempSync(join(tmpdir(), "declarations-"));
  try {
    await compileConstructs({ root, outDir: declarations });
    stale.push(...bringUpToDate(root, apiReports(root, declarations), [API_FOLDER], check));
  } finally {
    rmSync(declarations, { recursive: true });
  }
  if (check && stale.length > 0) throw new Error("Run: npm run generate");
}

/** @returns what was not up to date, and still is not if this was a check */
function bringUpToDate(
  root: string,
  files: ReadonlyMap<string, string>,
  folders: readonly string[],
  check: boolean,
): string[] {
  const stale = findStale(root, files, folders);
  for (const file of stale) {
    if (check) console.error(`${file} is not up to date.`);
    else write(root, file, files.get(file));
  }
  return [...stale];
}

function write(root: string, file: string, text: string | undefined): void {
  const path = join(root, file);
  if (text === undefined) {
    rmSync(path);
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  console.log(`${text === undefined ? "removed" : "wrote"} ${file}`);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
