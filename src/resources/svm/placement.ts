/** Where an SVM is: a hypervisor, or a project of an OpenStack infrastructure. */
import type { KnownSvm, NamedPlace, SvmLocation } from "../../integration-server";
import type { SvmPlan, SvmState } from "./schema";

/** What says where an SVM is, in a plan or a state. */
export interface Placed extends Pick<SvmState, "name" | "infrastructureId" | "host" | "openstack"> {
  /** Where it was seen, if it was. */
  readonly runningOn?: SvmPlan["runningOn"];
}
export type HostPlace = NonNullable<SvmState["host"]>;
export type OpenstackPlace = NonNullable<SvmState["openstack"]>;

type Places = Pick<Placed, "host" | "openstack">;

/** One result for either placement. */
export function atPlace<H, O, R>(
  { host, openstack }: { readonly host: H | null; readonly openstack: O | null },
  onHost: (host: H) => R,
  inProject: (openstack: O) => R,
): R {
  if (host !== null) return onHost(host);
  if (openstack !== null) return inProject(openstack);
  throw new Error("An SVM has neither host nor openstack, which its schema's rules exclude.");
}

export function locationOf(placed: Places & Pick<Placed, "infrastructureId">): SvmLocation {
  const { infrastructureId } = placed;
  return atPlace<HostPlace, OpenstackPlace, SvmLocation>(
    placed,
    ({ id }) => ({ type: "host", infrastructureId, locationId: id }),
    ({ projectId }) => ({ type: "openstackProject", infrastructureId, locationId: projectId }),
  );
}

/** What tells an SVM from all others, also before it has an id. */
export function whereabouts(placed: Placed): NamedPlace {
  return { ...locationOf(placed), name: placed.name };
}

/** What a state knows of its SVM. What a list has shown of it proves that its deployment was seen to have ended. */
export function known(svm: SvmState): KnownSvm {
  const { id, state, taskId, runningOn } = svm;
  return {
    ...whereabouts(svm),
    id,
    runningOn: runningOn?.id ?? undefined,
    deployedBy: state === null ? (taskId ?? undefined) : undefined,
  };
}

/** The id that `terraform import` takes. */
export function importId(infrastructureId: string, svmId: string): string {
  return `${infrastructureId}/${svmId}`;
}
