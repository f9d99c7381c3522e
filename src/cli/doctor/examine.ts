/** Runs every check, and tells what they have found. */
import { type InfrastructureOptions, type Scope, scopeOf } from "../shared/infrastructures";
import { writeDocument, writeText } from "../shared/output";
import { writableFile, writeNamed } from "../shared/paths";
import { EXIT_CODES, oneLine } from "../shared/report";
import { type Check, type Finding, problem, warning } from "./check";
import { checkJournal } from "./journals";
import { checkCliConfiguration, checkLockFiles, checkPlugin } from "./plugin";
import { PROBES } from "./probe";
import { checkNode, checkTerraform } from "./programs";
import { reportOf } from "./report";
import { checkAddress, checkClock, checkCredentials, checkRole, checkTls, type Looked, look } from "./server";
import { textOf } from "./text";

export interface DoctorOptions extends InfrastructureOptions {
  readonly json?: true;
  readonly probe?: true;
  readonly report?: string;
}

export async function examine(options: DoctorOptions): Promise<void> {
  const report = options.report === undefined ? undefined : writableFile(options.report, "--report");
  const checks = await allChecks(options, process.env);
  if (report !== undefined) await writeNamed(report, reportOf(checks, process.env));
  if (options.json) writeDocument({ checks });
  else writeText(textOf(checks, options.report));
  if (checks.some(({ status }) => status === "problem")) process.exitCode = EXIT_CODES.found;
}

async function allChecks(options: DoctorOptions, environment: NodeJS.ProcessEnv): Promise<readonly Check[]> {
  const now = Date.now();
  const looked = await look(environment);
  const checks: readonly (readonly [string, () => Finding | Promise<Finding>])[] = [
    ["node", checkNode],
    ["terraform", checkTerraform],
    ["plugin", checkPlugin],
    ["lock-file", checkLockFiles],
    ["cli-configuration", () => checkCliConfiguration(environment)],
    ["address", () => checkAddress(looked, environment)],
    ["tls", () => checkTls(looked, environment, now)],
    ["clock", () => checkClock(looked)],
    ["credentials", () => checkCredentials(looked, environment)],
    ["role", () => checkRole(looked)],
    ["journal", () => checkJournal(environment, now)],
    ...(options.probe ? probes(options, looked) : []),
  ];
  const found: Check[] = [];
  for (const [name, check] of checks) found.push({ name, ...(await checked(check)) });
  return found;
}

/** A check that fails has found something, too, and keeps none of the others from running. */
async function checked(check: () => Finding | Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    return problem(oneLine(error));
  }
}

function probes(options: DoctorOptions, { server }: Looked): readonly (readonly [string, () => Promise<Finding>])[] {
  // Once for all: it may start a Terraform for each stack.
  let scope: Promise<Scope> | undefined;
  return Object.entries(PROBES).map(([name, probe]) => [
    name,
    async () => {
      if (server === undefined || server instanceof Error) return warning("Not asked, since nobody is signed in.");
      if (probe === PROBES["task-list"]) return probe(server, []);
      scope ??= scopeOf(options);
      try {
        return await probe(server, (await scope).infrastructures);
      } catch (error) {
        return warning(`Not asked: ${oneLine(error)}`);
      }
    },
  ]);
}
