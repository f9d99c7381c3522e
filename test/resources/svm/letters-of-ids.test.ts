/** A server that writes its ids in other letters than before. */
import { changesOf, isAny } from "../../../src/resources/svm/changes";
import { placementConflicts } from "../../../src/resources/svm/placement-changes";
import type { SvmPlan, SvmState } from "../../../src/resources/svm/schema";
import { CLOUD, SvmBench, VCENTER } from "./bench";

type Values = Readonly<Record<string, unknown>>;

/** Every id in the other letters. */
function inOtherLetters<V>(value: V): V {
  const text = JSON.stringify(value, (name, inside) => {
    const spelled = (id: unknown) => (typeof id === "string" ? otherLetters(id) : id);
    if (name === "securityGroupIds") return inside?.map(spelled);
    return /^id$|Id$/.test(name) ? spelled(inside) : inside;
  });
  return JSON.parse(text) as V;
}

function otherLetters(id: string): string {
  return id === id.toUpperCase() ? id.toLowerCase() : id.toUpperCase();
}

describe.each([
  ["on a hypervisor", VCENTER, (bench: SvmBench): Values => bench.onHost("svm-1")],
  [
    "in an OpenStack project",
    CLOUD,
    (bench: SvmBench): Values => {
      const { networks, securityGroups, serverGroups, volumeTypes } = bench.cloud.projects[0]!;
      const ports = [{ portSecurityEnabled: true, securityGroupIds: securityGroups.map(({ id }) => id) }];
      const placement = { serverGroupId: serverGroups[0]!.id, volumeTypeId: volumeTypes[0]!.id };
      return bench.inProject("svm-1", {
        openstack: { ...bench.project([{ id: networks[0]!.id, ports }]), ...placement },
      });
    },
  ],
])("an SVM %s", (_, infrastructure, configurationOf) => {
  let bench: SvmBench;
  let configuration: Values;
  let state: SvmState;
  beforeAll(async () => {
    bench = await SvmBench.start(infrastructure);
    configuration = configurationOf(bench);
    state = await bench.driver().create(configuration);
  });
  afterAll(() => bench.stop());

  test("has other letters in its configuration than ids have elsewhere", () => {
    expect(inOtherLetters(configuration)).not.toEqual(configuration);
  });

  test("is planned as it was when look-ups give ids in other letters", async () => {
    expect(await bench.driver().plan(inOtherLetters(configuration), state)).toMatchObject({ action: "no-op" });
  });

  test("has no drift when lists give ids in other letters", async () => {
    const { infrastructureId } = state;
    const before = { ...inOtherLetters(state), infrastructureId };
    const seen = (await bench.nextRun().read(before))!;

    expect(seen).toEqual({ ...before, networkAdapters: state.networkAdapters });
  });

  test("is as planned when only apply knows the ids", async () => {
    const { planned } = await bench.driver().plan(configuration, state);
    const { infrastructureId, imageId, host, openstack } = planned;
    const known: SvmPlan = { ...planned, ...inOtherLetters({ infrastructureId, imageId, host, openstack }) };

    expect(placementConflicts(state, known, undefined)).toEqual([]);
    expect(isAny(changesOf(state, known, undefined))).toBe(false);
  });

  test("still is replaced in another place", async () => {
    const { host, openstack } = inOtherLetters(configuration) as unknown as SvmState;
    const elsewhere = { host: host && { ...host, storageId: "another" } };
    const another = { openstack: openstack && { ...openstack, flavorId: "another" } };
    const { replacing } = await bench.driver().plan({ ...configuration, ...elsewhere, ...another }, state);

    expect(replacing).toEqual([host === undefined ? "openstack.flavor_id" : "host.storage_id"]);
  });
});
