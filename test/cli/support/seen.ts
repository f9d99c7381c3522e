/** What a survey may have seen: one of each, with whatever a test is about. */
import type { Seen, SeenPlace } from "../../../src/cli/shared/seen";
import type { VirtualMachine } from "../../../src/integration-server";

export const svm = (given: Partial<VirtualMachine> = {}): VirtualMachine => ({
  kind: "vm",
  id: "vm-1",
  name: "svm-1",
  parentId: "host-1",
  state: "Enabled",
  networkAdapters: [],
  showsAllAdapters: true,
  isSvm: true,
  svmVersion: "6.2.0.1000",
  ...given,
});

export const place = (given: Partial<SeenPlace> = {}): SeenPlace => ({
  id: "host-1",
  name: "esx-01",
  domain: undefined,
  state: "Started",
  svms: [],
  hasHiddenSvm: false,
  storages: undefined,
  flavors: undefined,
  ...given,
});

export const infrastructure = (given: Partial<Seen> = {}): Seen => ({
  id: "1",
  type: "VMWARE",
  name: "vcenter",
  address: "vcenter.example.test",
  status: "CONNECTED",
  isOpenstack: false,
  problem: undefined,
  places: [],
  strays: [],
  hiddenPlaces: 0,
  ...given,
});
