/** What there is to be written down: connections, and the SVMs that no state here holds. */
import type { IntegrationServer, VirtualMachine } from "../../integration-server";
import { importedSettings, type Settings } from "../../resources/infrastructure/state";
import { isOpenstackType } from "../../resources/shared/schema/infrastructure-types";
import { completed } from "../../resources/svm/generate-config";
import { importedStateIn } from "../../resources/svm/import";
import { importId } from "../../resources/svm/placement";
import { attemptById } from "../shared/by-id";
import type { Scope } from "../shared/infrastructures";
import type { Seen, SeenPlace } from "../shared/seen";
import { survey } from "../shared/survey";
import { Identifiers } from "./identifiers";

export interface Found {
  readonly infrastructures: readonly FoundInfrastructure[];
  /** What is there and not written down, and why; a sentence each. */
  readonly leftOut: readonly string[];
}

export interface FoundInfrastructure {
  readonly id: string;
  /** What it is called in code. */
  readonly identifier: string;
  readonly settings: Settings;
  /** True where a state here has it, so that this is only to refer to it. */
  readonly isManaged: boolean;
  readonly svms: readonly FoundSvm[];
}

export interface FoundSvm {
  readonly identifier: string;
  readonly importId: string;
  readonly name: string;
  /** The hypervisor's or the project's name. */
  readonly place: string;
  readonly config: SvmConfig;
}

/** Image and place; what nobody can read of them is there as the text "unknown". */
export type SvmConfig = ReturnType<typeof completed>;

/** @throws where one of the infrastructures cannot be looked at: what is missing then would be missing without a word */
export async function find(server: IntegrationServer, scope: Scope): Promise<Found> {
  const seen = await survey(server, scope);
  const blind = seen.filter(({ problem }) => problem !== undefined);
  if (blind.length > 0) {
    const reasons = blind.map(
      ({ id, problem }) => `The infrastructure "${id}" cannot be looked at: ${problem?.replace(/\.?$/, ".")}`,
    );
    throw new Error(
      `${reasons.join(" ")} Nothing was written. Name others with --infrastructure ID to go on without it.`,
    );
  }
  const identifiers = new Identifiers();
  const named = seen.map((each) => ({
    each,
    identifier: identifiers.take(each.name ?? each.address ?? "", "infrastructure"),
  }));
  const infrastructures: FoundInfrastructure[] = [];
  const leftOut: string[] = [];
  for (const { each, identifier } of named) {
    const { svms, leftOut: without } = foundSvms(each, scope, identifiers);
    const isManaged = scope.isConnectionManaged(each.id) ?? false;
    const settings = await settingsOf(server, each.id);
    infrastructures.push({ id: each.id, identifier, settings, isManaged, svms });
    leftOut.push(...without);
    if (!isManaged && settings.readOnly !== null && settings.readOnly.name === null) {
      leftOut.push(
        `The read-only account of ${settings.address}: the API does not tell its name. Add it as read_only.`,
      );
    }
  }
  return { infrastructures, leftOut };
}

async function settingsOf(server: IntegrationServer, id: string): Promise<Settings> {
  const infrastructure = await attemptById(`read the infrastructure "${id}"`, () => server.infrastructures.get(id));
  const settings = importedSettings(infrastructure);
  if (settings !== undefined) return settings;
  throw new Error(`The infrastructure "${id}" is of a type that this version does not know: ${infrastructure.type}.`);
}

function foundSvms(seen: Seen, scope: Scope, identifiers: Identifiers) {
  const { id, places, strays } = seen;
  const name = seen.name ?? id;
  const svms: FoundSvm[] = [];
  const managed = ({ id: svm, name: svmName }: VirtualMachine): string | undefined =>
    scope.isManaged(id, svm) ? `The SVM "${svmName}" of ${name}: a state here manages it.` : undefined;
  const leftOut = strays.map((vm) => managed(vm) ?? `The SVM "${vm.name}" of ${name}: ${whyStray(seen, vm)}`);
  for (const place of places) {
    if (place.hasHiddenSvm) leftOut.push(`An SVM on ${place.name} of ${name}: the server shows it without an id.`);
    for (const vm of place.svms) {
      const reason = managed(vm);
      if (reason === undefined) svms.push(foundSvm(seen, place, vm, identifiers));
      else leftOut.push(reason);
    }
  }
  return { svms, leftOut };
}

/** What cannot be written down cannot be imported either: that needs to know the place. */
function whyStray({ isOpenstack }: Seen, { parentId }: VirtualMachine): string {
  if (parentId === undefined) return "the server does not say where it is.";
  return isOpenstack
    ? `the server says it is on ${parentId}, and finds it in no project; neither do its networks tell which one it is in.`
    : `the server says it is on ${parentId}, which is no hypervisor that it lists.`;
}

function foundSvm(
  { id, type }: Seen,
  place: SeenPlace,
  vm: SeenPlace["svms"][number],
  identifiers: Identifiers,
): FoundSvm {
  const projectId = isOpenstackType(type ?? "") ? place.id : undefined;
  const state = importedStateIn(id, { vm, runningOn: null }, projectId);
  return {
    identifier: identifiers.take(vm.name, "svm"),
    importId: importId(id, vm.id),
    name: vm.name,
    place: place.name,
    config: completed(state),
  };
}
