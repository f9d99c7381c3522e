/** A program in Terraform's place, which shows a state. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export interface FakeResource {
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Puts a configuration and the program into a folder. @returns the environment in which it is taken for Terraform */
export function fakeState(folder: string, resources: readonly FakeResource[]): NodeJS.ProcessEnv {
  const shown = resources.map((each, index) => ({ ...each, address: `${each.type}.r${index}`, mode: "managed" }));
  const state = JSON.stringify({ values: { root_module: { resources: shown } } });
  const program = join(folder, "fake-terraform");
  writeFileSync(join(folder, "main.tf"), "");
  writeFileSync(program, `#!/bin/sh\ncat <<'END'\n${state}\nEND\n`, { mode: 0o755 });
  return { TERRAFORM_BINARY_NAME: program };
}
