/** Which infrastructures a command is about: those that are named, else those of the states here, since the API lists none. */
import { resolve } from "node:path";
import type { Command } from "commander";
import { canonicalId } from "../../integration-server/ids";
import { scopeIn } from "../../journal";
import { notEmpty, repeatable } from "./arguments";
import { oneLine, reportWarning } from "./report";
import { configurationFolders, readStates, type StateObject } from "./terraform-state";

export interface InfrastructureOptions {
  readonly infrastructure?: readonly string[];
}

/** What a command works on. */
export interface Scope {
  /** Ids of infrastructures, each one once. */
  readonly infrastructures: readonly string[];
  /** Whether a state here holds an SVM; undefined where no state could be read, so that nobody knows. */
  isManaged(infrastructureId: string, svmId: string): boolean | undefined;
  /** The same of an infrastructure's connection. */
  isConnectionManaged(infrastructureId: string): boolean | undefined;
  /** The OpenStack project that a state here has an SVM in; undefined where none has. */
  projectOf(infrastructureId: string, svmId: string): string | undefined;
}

export function addInfrastructureOption(command: Command): Command {
  return command.option(
    "--infrastructure <id>",
    "an infrastructure's id; repeatable (default: those in the Terraform state here, of a CDKTF app in all stacks)",
    repeatable(notEmpty("an infrastructure's id")),
  );
}

/** @throws where none is named and no state here knows any */
export async function scopeOf({ infrastructure: named = [] }: InfrastructureOptions): Promise<Scope> {
  const folders = configurationFolders();
  if (named.length > 0) return scope(named, await statesIfReadable(folders));
  if (folders.length === 0)
    throw new Error(`${resolve(".")} has no Terraform configuration and no stacks of a CDKTF app. ${NAME_THEM}`);
  const objects = await readStates(folders);
  const infrastructures = infrastructuresIn(objects);
  if (infrastructures.length === 0) {
    const where = folders.map((folder) => `${resolve(folder)}, workspace "${scopeIn(folder, process.env).workspace}"`);
    throw new Error(
      `No state here knows an infrastructure (${where.join("; ")}). Apply first, select another workspace, or do this: ${NAME_THEM}`,
    );
  }
  return scope(infrastructures, objects);
}

const NAME_THEM =
  "Name infrastructures with --infrastructure ID; their ids are in the outputs or states of whoever connected them.";

/** Who names infrastructures needs no state, but is told where it might have said more. */
async function statesIfReadable(folders: readonly string[]): Promise<readonly StateObject[] | undefined> {
  try {
    return await readStates(folders);
  } catch (error) {
    reportWarning(`Nobody knows which SVMs Terraform manages. ${oneLine(error)}`);
    return undefined;
  }
}

function scope(infrastructures: readonly string[], objects: readonly StateObject[] | undefined): Scope {
  const svms = objects && new Map(objects.flatMap(managedSvm));
  const connections = objects && new Set(objects.flatMap(managedConnection));
  return {
    infrastructures: [...new Map(infrastructures.map((id) => [canonicalId(id), id])).values()],
    isManaged: (infrastructureId, svmId) => svms?.has(key(infrastructureId, svmId)),
    isConnectionManaged: (infrastructureId) => connections?.has(canonicalId(infrastructureId)),
    projectOf: (infrastructureId, svmId) => svms?.get(key(infrastructureId, svmId)),
  };
}

/** Those that are connected or looked up here, and those that something here is in. */
function infrastructuresIn(objects: readonly StateObject[]): readonly string[] {
  const ids = objects.map(({ type, values }) =>
    type === "ksvla_infrastructure" ? values["id"] : values["infrastructure_id"],
  );
  return ids.filter((id): id is string => typeof id === "string" && id !== "");
}

function managedConnection({ type, isManaged, values: { id } }: StateObject): readonly string[] {
  return type === "ksvla_infrastructure" && isManaged && typeof id === "string" ? [canonicalId(id)] : [];
}

/** With the project that it is in. */
function managedSvm({ type, isManaged, values }: StateObject): readonly (readonly [string, string | undefined])[] {
  const { id, infrastructure_id: infrastructureId, openstack } = values;
  const isSvm = type === "ksvla_svm" && isManaged && typeof id === "string" && typeof infrastructureId === "string";
  return isSvm ? [[key(infrastructureId, id), projectIn(openstack)]] : [];
}

function projectIn(openstack: unknown): string | undefined {
  if (typeof openstack !== "object" || openstack === null || !("project_id" in openstack)) return undefined;
  return typeof openstack.project_id === "string" ? openstack.project_id : undefined;
}

const key = (infrastructureId: string, svmId: string): string =>
  JSON.stringify([canonicalId(infrastructureId), canonicalId(svmId)]);
