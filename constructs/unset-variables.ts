/** Warns of variables that Terraform would ask for where nobody can answer. */
import { closeSync, openSync } from "node:fs";
import { Annotations } from "cdktf";
import type { IConstruct } from "constructs";

const WARNED = Symbol.for("cdktf-ksvla/WarnedOfUnsetVariables");
/** What Go reads as false. */
const NO_INPUT: readonly string[] = ["0", "f", "F", "false", "FALSE", "False"];

/**
 * Adds one warning to an app, at the first of its variables that has no value. Never an error: the values may be there
 * only where the app is deployed, in another job or in Terraform's own files.
 *
 * @param variables all of the app, with their names
 */
export function warnOfUnset(root: IConstruct, variables: ReadonlyMap<string, IConstruct>): void {
  if (WARNED in root || NO_INPUT.includes(process.env["TF_INPUT"] ?? "") || hasTerminal()) return;
  const unset = [...variables].filter(([name]) => process.env[`TF_VAR_${name}`] === undefined);
  const [first] = unset;
  if (first === undefined) return;
  Object.defineProperty(root, WARNED, { value: true });
  Annotations.of(first[1]).addWarning(
    `Not in the environment: ${unset.map(([name]) => `TF_VAR_${name}`).join(", ")}. Terraform asks for what has no value, and waits ` +
      "for ever where nobody can answer, as here, where there is no terminal. Set them where the app is deployed. TF_INPUT=0 in " +
      "the environment, here and there, makes Terraform fail instead, and ends this warning.",
  );
}

/** The CLI of CDKTF runs an app without its own input and output, but in the same terminal. */
function hasTerminal(): boolean {
  // There, nothing tells.
  if (process.platform === "win32") return process.env["CI"] === undefined;
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}
