/** Terraform in a test: which one, with which environment, and what it says. */
import { findTerraform } from "../../src/installation";
import type { PlannedChange, TestDiagnostic } from "./deployment";
import type { Finished, WorkFolder } from "./work-folder";

/** What would make Terraform work with something of the user's, or write elsewhere. */
const OURS_ALONE = /^(KSVLA_|TF_VAR_|TF_CLI_ARGS|TF_DATA_DIR$|TF_WORKSPACE$|TF_REATTACH_PROVIDERS$|TF_PLUGIN_CACHE)/;

/** @throws where there is none */
export function requireTerraform(): string {
  const found = findTerraform();
  if (found !== undefined) return found;
  const { TERRAFORM_BINARY_NAME: chosen } = process.env;
  const problem = chosen
    ? `TERRAFORM_BINARY_NAME names "${chosen}", which is no program on the PATH`
    : "There is no terraform and no tofu on the PATH";
  throw new Error(
    `${problem}, and a deployment in a test needs one. Install Terraform or OpenTofu 1.11 or newer, or let TERRAFORM_BINARY_NAME name one.`,
  );
}

export function environment(variables: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const users = Object.entries(process.env).filter(([name]) => !OURS_ALONE.test(name));
  const given = Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value]);
  return {
    ...Object.fromEntries(users),
    ...Object.fromEntries(given),
    TF_INPUT: "0",
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
  };
}

/** How Terraform is run in the folder of one stack. */
export class Terraform {
  constructor(
    private readonly binary: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly folder: WorkFolder,
    private readonly signal: AbortSignal,
  ) {}

  run(cwd: string, ...args: readonly string[]): Promise<Finished> {
    return this.folder.run(this.binary, args, { cwd, env: this.env, signal: this.signal });
  }
}

interface Event {
  readonly type?: string;
  readonly diagnostic?: Partial<TestDiagnostic>;
  readonly change?: { readonly action: string; readonly resource: { readonly addr: string } };
}

/** The lines that `-json` makes Terraform write; what is none is passed over. */
function eventsIn(stdout: string): readonly Event[] {
  return stdout.split("\n").flatMap((line) => {
    try {
      return [JSON.parse(line) as Event];
    } catch {
      return [];
    }
  });
}

export function diagnosticsIn(stdout: string): readonly TestDiagnostic[] {
  return eventsIn(stdout).flatMap(({ diagnostic }) =>
    diagnostic === undefined
      ? []
      : [
          {
            severity: diagnostic.severity ?? "error",
            summary: diagnostic.summary ?? "",
            detail: diagnostic.detail ?? "",
            address: diagnostic.address,
          },
        ],
  );
}

export function changesIn(stack: string, stdout: string): readonly PlannedChange[] {
  return eventsIn(stdout).flatMap(({ type, change }) =>
    type === "planned_change" && change !== undefined && change.action !== "read"
      ? [{ stack, address: change.resource.addr, action: change.action }]
      : [],
  );
}
