/** Whose objects these are, and where their journal is, as Terraform's own files and variables say. */
import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";

export type Environment = Readonly<Record<string, string | undefined>>;

/** What tells the objects of one state from those of another. */
export interface Scope {
  /** Terraform's workspace. */
  readonly workspace: string;
  /** The name of the folder in which Terraform runs: the same in every fresh checkout, and a CDKTF stack's name. */
  readonly stack: string;
}

/** Where Terraform keeps what it needs in a working directory. */
export function dataDirectory(environment: Environment, directory: string): string {
  return resolve(directory, environment["TF_DATA_DIR"] || ".terraform");
}

export function scopeIn(directory: string, environment: Environment): Scope {
  return { workspace: workspaceIn(directory, environment), stack: basename(resolve(directory)) };
}

function workspaceIn(directory: string, environment: Environment): string {
  return environment["TF_WORKSPACE"] || selectedIn(dataDirectory(environment, directory)) || "default";
}

/** What `terraform workspace select` has written down. */
function selectedIn(data: string): string | undefined {
  try {
    return readFileSync(join(data, "environment"), "utf8").trim();
  } catch {
    return undefined;
  }
}

/** Where the journal is unless somebody says otherwise. */
export function defaultJournalDirectory(directory: string, environment: Environment): string {
  return join(dataDirectory(environment, directory), "ksvla");
}
