/**
 * What an SVM cannot be deployed without (SVM management, "SVM deployment request" and its OpenStack variant). Only a
 * reconfiguration may leave it out, so that an SVM that was imported need not have it: a schema could not tell the two apart.
 */
import { DiagnosticError } from "../../terraform";
import type { SvmConfig, SvmPlan, SvmPlanned } from "./schema";

type Settings = Pick<SvmPlan, "ksc" | "root">;

/** The settings of an SVM that can be deployed. */
export interface DeploymentSettings {
  readonly ksc: NonNullable<Settings["ksc"]>;
  readonly root: NonNullable<Settings["root"]>;
  readonly klconfigPassword: string;
}

const EXAMPLES = {
  ksc: 'ksc = { address = "…" }',
  root: "root = { allow_ssh = false }",
  klconfig: "klconfig = { password_wo = … }",
} as const;
type Needed = keyof typeof EXAMPLES;
const NEEDED: readonly Needed[] = ["ksc", "root", "klconfig"];

/**
 * For a plan that creates: what is not known yet, apply will judge.
 *
 * @throws DiagnosticError when something is missing
 */
export function requireDeploymentSettings({ name, ...planned }: SvmPlanned): void {
  const missing = NEEDED.filter((attribute) => planned[attribute] === null);
  if (missing.length > 0) throw missingSettings(name, missing);
}

/**
 * For a deployment.
 *
 * @throws DiagnosticError when something is missing, as a plan could not know
 */
export function deploymentSettings(config: SvmConfig, { name, ksc, root }: SvmPlan): DeploymentSettings {
  const klconfigPassword = config.klconfig?.passwordWo ?? null;
  if (ksc !== null && root !== null && klconfigPassword !== null) return { ksc, root, klconfigPassword };
  const given = { ksc, root, klconfig: klconfigPassword };
  throw missingSettings(
    name,
    NEEDED.filter((attribute) => given[attribute] === null),
  );
}

function missingSettings(name: SvmPlanned["name"], missing: readonly Needed[]): DiagnosticError {
  const which = typeof name === "string" ? `the SVM "${name}"` : "an SVM";
  const names = missing.join(missing.length === 2 ? " and " : ", ");
  const examples = missing.map((attribute) => EXAMPLES[attribute]).join(", ");
  return new DiagnosticError(
    `Unable to deploy ${which} without ${names}`,
    `The Integration Server deploys no SVM without them. Set ${examples}; in CDKTF, ${names} of the SvmDeployment or of the SVM in it. ` +
      'Only an SVM that exists already can do without, when it is imported: its import id is "<infrastructure id>/<SVM id>".',
    missing.slice(0, 1),
  );
}
