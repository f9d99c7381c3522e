/**
 * What Integration Servers do in different ways, and the documents leave open or show in two ways. A client has to cope
 * with all of it. Each habit may be changed while a simulator runs, and holds from the next request on.
 */
export interface Habits {
  // What it sees of a platform, and when.

  /**
   * Whether lists show at once what has become of an SVM, or what the server saw when it last looked at the platform. It
   * looks when it has connected, also after `refresh`, and then every {@link updatePeriodSeconds}, so that an SVM that came,
   * went, moved or was renamed is shown late. A platform that a test changes by itself counts as changed before the last
   * look; the simulator's own functions know when they changed it. @default "current"
   */
  lists: "current" | "lagging";
  /**
   * How often the server looks at a platform by itself, in simulated seconds, greater than 0. Answers report it in real
   * ones, so with the time scale applied. @default 10, as the samples in "Connecting to the virtual infrastructure" have it
   */
  updatePeriodSeconds: number;
  /**
   * Which connections report their period: those of the samples, whose OpenStack says 0, or those to OpenStack, too. Either
   * way only a connection with a read-only account does. @default "asDocumented"
   */
  reportedUpdatePeriod: "asDocumented" | "onOpenStackToo";
  /**
   * What the first look at a connection shows after `refresh`: that it is being made anew, or that it still is connected, as
   * the server has not begun yet. @default "connecting"
   */
  statusAfterRefresh: "connecting" | "connectedOnce";
  /**
   * What lists show while a connection is being made, also anew, and {@link listsCompleteAfterSeconds} longer: what is known
   * of the platform, nothing, all but its machines, or the first half of each kind of object. @default "complete"
   */
  listsAfterConnecting: "complete" | "empty" | "withoutMachines" | "partial";
  /** How long lists are incomplete once connected, in simulated seconds; see {@link listsAfterConnecting}. @default 2 */
  listsCompleteAfterSeconds: number;
  /**
   * What a connection that is added numbers anew: nothing, so that ids are the platform's; its hosts; hosts, SVMs and other
   * machines; or their networks and storages, too. It keeps its numbers as long as it lives, and knows no others.
   * OpenStack's ids are its own, always. @default "nothing"
   */
  newIds: "nothing" | "hosts" | "hostsAndMachines" | "everything";

  // How it shows things.

  /**
   * What `parentId` of an SVM in OpenStack is: its project, or, as the sample in "Getting information about infrastructure
   * objects (OpenStack infrastructure)" has it, the hypervisor it runs on. Asking for the children of a project finds it in
   * both cases. @default "project"
   */
  openstackSvmParent: "project" | "hypervisor";
  /**
   * How infrastructures spell states and errors: CONNECTED and NO_ERROR, as their sections do, or Connected and NoError, as
   * the documents of version 6.4 do for reserve servers. @default "CONNECTED"
   */
  connectionStates: "CONNECTED" | "Connected";
  /** How the state of a cancelled task is spelled; the product's help has one "l". @default "Cancelled" */
  cancelledTask: "Cancelled" | "Canceled";
  /**
   * Which name of Numa vServer is accepted and shown: the one for connections and the other for images, as documented, or one
   * of them everywhere. @default "asDocumented"
   */
  numaVServer: "asDocumented" | "NUMAVSERVER" | "NUMAVERSER";
  /**
   * How addresses of infrastructures, certificates and reserve servers come back: as they were sent, or as the server keeps
   * them, `vc.lab:443` for `vc.lab` in the last case. @default "asSent"
   */
  addresses: "asSent" | "lowerCase" | "upperCase" | "withPort";
  /** Names of SVMs that lists show without an id; `*` is all of them. @default none */
  svmsWithoutId: readonly string[];
  /** Names of SVMs whose network adapters are shown without ids; `*` is all of them. @default none */
  svmsWithoutAdapterIds: readonly string[];
  /**
   * Where a region lists its glance, neutron and cinder microservices: beside `endpoints`, as the sample's brackets say,
   * or inside of it, as its text says. @default "beside"
   */
  microservices: "beside" | "inside";
  /**
   * What `details` of OpenStack's `readonly` account is: regions like the administrator's, or a text, as the sample
   * literally shows. @default "regions"
   */
  readOnlyDetails: "regions" | "text";
  /**
   * When a task shows its `result`: at its end, as the text about deployment says, or as early as the samples do, which
   * have `true` at progress 0 and an SVM's id while its task is running, whatever becomes of it. @default "atTheEnd"
   */
  taskResult: "atTheEnd" | "early";
  /** Whether tasks have a `stage`, as the completed verification does, or none, as every other sample. @default "shown" */
  taskStage: "shown" | "leftOut";
  /**
   * What ends a token: `validTo`, which `activeTo` then equals, or `activeTo`, which is then half-way there. The documents
   * explain neither. @default "validTo"
   */
  sessionEnd: "validTo" | "activeTo";
  /**
   * What `address` of a presented certificate is: the whole parameter of the request, or its `<address>` without
   * `:<port>`. @default "withPort"
   */
  certificateAddress: "withPort" | "withoutPort";

  // What it accepts.

  /**
   * Where a reconfiguration may have its `settings` with the networks: inside of `deploymentInfo`, as the text and one sample
   * have it, or beside it, as the other sample's brackets have it. A form that is not accepted is refused with 400, or ignored:
   * the SVM keeps its networks and the task completes. @default "either"
   */
  reconfiguredNetworks: "either" | "refuseBeside" | "refuseInside" | "ignoreBeside" | "ignoreInside" | "ignoreBoth";
  /** What becomes of a new password for root without `allowSshAccess` beside it. @default "accepted" */
  rootPasswordAlone: "accepted" | "refused";
  /** What becomes of a second connection of one kind to one address; refused is 409. @default "refused" */
  secondConnection: "refused" | "accepted";
  /**
   * In which versions of the API tasks can be listed: `GET /api/2.0/virtualization/tasks` is on a public help page of older
   * versions, with `createdFrom`, `state` and `type` to choose by. Without it, 404. @default "none"
   */
  taskList: "none" | "2.0" | "3.0" | "both";
}

export const defaultHabits: Readonly<Habits> = {
  lists: "current",
  updatePeriodSeconds: 10,
  reportedUpdatePeriod: "asDocumented",
  statusAfterRefresh: "connecting",
  listsAfterConnecting: "complete",
  listsCompleteAfterSeconds: 2,
  newIds: "nothing",
  openstackSvmParent: "project",
  connectionStates: "CONNECTED",
  cancelledTask: "Cancelled",
  numaVServer: "asDocumented",
  addresses: "asSent",
  svmsWithoutId: [],
  svmsWithoutAdapterIds: [],
  microservices: "beside",
  readOnlyDetails: "regions",
  taskResult: "atTheEnd",
  taskStage: "shown",
  sessionEnd: "validTo",
  certificateAddress: "withPort",
  reconfiguredNetworks: "either",
  rootPasswordAlone: "accepted",
  secondConnection: "refused",
  taskList: "none",
};
