/** What Terraform's states of the present folder hold of ours: `terraform show -json`, so wherever they are stored. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { findTerraform, programName } from "../../installation";
import { stackFolders } from "./stacks";

/** A resource or data source in a state. */
export interface StateObject {
  readonly address: string;
  /** Such as `ksvla_svm`. */
  readonly type: string;
  /** Whether Terraform manages it, or has only looked it up. */
  readonly isManaged: boolean;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Why the states of a folder cannot be read. */
export class StateError extends Error {
  override readonly name = "StateError";
}

/** The folders here that hold a configuration, each of which has a state: this one, and the stacks of a CDKTF app. */
export function configurationFolders(): readonly string[] {
  return [".", ...stackFolders()].filter(hasConfiguration);
}

/**
 * Everything of ours in the states of these folders.
 *
 * @throws StateError where one of them cannot be read: what it holds would be missing without a word
 */
export async function readStates(folders: readonly string[]): Promise<readonly StateObject[]> {
  const used = folders.filter((folder) => !isUntouched(folder));
  if (used.length === 0) return [];
  const terraform = findTerraform();
  if (terraform === undefined) throw new StateError(withoutTerraform(process.env));
  const objects: StateObject[] = [];
  // One after the other: each starts a Terraform and its plugins.
  for (const folder of used) objects.push(...(await readState(terraform, folder)));
  return objects;
}

function hasConfiguration(folder: string): boolean {
  return readdirSync(folder).some((name) => /\.tf(\.json)?$|\.tofu(\.json)?$/.test(name));
}

/** A stack that was synthesized and never deployed: its state is a file of the app, and that is not there. */
function isUntouched(folder: string): boolean {
  const dataDirectory = process.env["TF_DATA_DIR"] || ".terraform";
  if (existsSync(resolve(folder, dataDirectory))) return false;
  const file = join(folder, "cdk.tf.json");
  if (!existsSync(file)) return false;
  const path = localStateOf(readFileSync(file, "utf8"));
  return path !== undefined && !existsSync(resolve(folder, path));
}

function localStateOf(configuration: string): string | undefined {
  try {
    const path = JSON.parse(configuration).terraform.backend.local.path;
    return typeof path === "string" ? path : undefined;
  } catch {
    return undefined;
  }
}

function withoutTerraform({ TERRAFORM_BINARY_NAME: chosen }: NodeJS.ProcessEnv): string {
  const where = chosen
    ? `TERRAFORM_BINARY_NAME names "${chosen}", which is no program`
    : "There is no terraform or tofu";
  return `${where} on the PATH, so the state cannot be read. Name infrastructures with --infrastructure ID, or set TERRAFORM_BINARY_NAME.`;
}

async function readState(terraform: string, folder: string): Promise<readonly StateObject[]> {
  const text = await show(terraform, folder);
  try {
    const { values } = JSON.parse(text) as ShownState;
    return values?.root_module === undefined ? [] : objectsOf(values.root_module);
  } catch (error) {
    throw unreadable(terraform, folder, "it wrote no JSON", error);
  }
}

interface ShownState {
  readonly values?: { readonly root_module?: ShownModule };
}
interface ShownModule {
  readonly resources?: readonly {
    readonly address: string;
    readonly type: string;
    readonly mode: string;
    readonly values?: Readonly<Record<string, unknown>>;
  }[];
  readonly child_modules?: readonly ShownModule[];
}

function objectsOf({ resources = [], child_modules = [] }: ShownModule): readonly StateObject[] {
  const ours = resources.filter(({ type }) => type.startsWith("ksvla_"));
  return [
    ...ours.map(({ address, type, mode, values = {} }) => ({ address, type, isManaged: mode === "managed", values })),
    ...child_modules.flatMap(objectsOf),
  ];
}

function show(terraform: string, folder: string): Promise<string> {
  return new Promise((succeed, fail) => {
    const args = ["show", "-json", "-no-color"];
    const child = spawn(terraform, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    child.once("error", (error) => fail(unreadable(terraform, folder, error.message, error)));
    child.once("close", (code) => {
      if (code === 0) succeed(Buffer.concat(output).toString("utf8"));
      else fail(unreadable(terraform, folder, whatItSaid(Buffer.concat(errors).toString("utf8"), code)));
    });
  });
}

/** The first error and its first paragraph: what follows there is advice for other cases. Terraform draws a frame around it. */
function whatItSaid(text: string, code: number | null): string {
  const plain = text.replace(/^[│╷╵ ]+/gm, "").trim();
  const [summary = "", detail = ""] = plain.slice(Math.max(0, plain.indexOf("Error:"))).split(/\n\s*\n/);
  const words = `${summary} ${detail}`.replace(/\s+/g, " ").trim();
  return words === "" ? `it ended with exit code ${code}` : words;
}

function unreadable(terraform: string, folder: string, reason: string, cause?: unknown): StateError {
  const where = resolve(folder);
  const program = programName(terraform);
  return new StateError(
    `The state of ${where} cannot be read with "${program} show -json": ${reason.replace(/\.?$/, ".")} Run "${program} init" there (for a CDKTF app, deploy it or run "cdktf diff"), or name infrastructures with --infrastructure ID.`,
    { cause },
  );
}
