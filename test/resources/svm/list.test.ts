/** `terraform query`, by the protocol: which SVMs there are, and the configuration that each is imported with. */
import { ksvla } from "../../../src/provider";
import { svmSchema } from "../../../src/resources/svm/schema";
import { svmListSchema } from "../../../src/resources/svm/schema-list";
import { completeObject } from "../../../src/terraform/schema/objects";
import { validateConfig } from "../../../src/terraform/schema/validate";
import type { ObjectValue } from "../../../src/terraform/values/value";
import { clientFor } from "../../support/integration-server";
import { brief, dynamic, plain, TestClient } from "../../terraform/server/client";
import { CLOUD, SvmBench } from "./bench";

const TYPE = "ksvla_svm";
const IDENTITY = { infrastructureId: svmSchema.attributes.infrastructureId, id: svmSchema.attributes.id };

let bench: SvmBench;
let terraform: TestClient;

afterEach(() => bench.stop());

async function start(infrastructure?: typeof CLOUD): Promise<void> {
  bench = await SvmBench.start(infrastructure);
  terraform = new TestClient({ ...ksvla, configure: async () => clientFor(bench.client) } as never);
  expect(await terraform.configure({})).toEqual([]);
}

async function list(config: ObjectValue = {}) {
  const { attributes } = svmListSchema;
  const given = completeObject(attributes, { infrastructureId: bench.infrastructureId, ...config });
  const request = { typeName: TYPE, config: dynamic(attributes, given), includeResourceObject: true, limit: 100 };
  const events = [];
  for await (const { displayName, identity, resourceObject, diagnostic } of terraform.list(request)) {
    const state = plain(svmSchema.attributes, resourceObject);
    events.push({
      displayName,
      identity: identity && plain(IDENTITY, identity.identityData),
      state,
      errors: brief(diagnostic),
    });
  }
  return events;
}

/** The configuration that Terraform writes, and what it finds wrong with it. */
async function generated(state: ObjectValue | null) {
  const { attributes } = svmSchema;
  const answer = await terraform.call("generateResourceConfig", { typeName: TYPE, state: dynamic(attributes, state) });
  const config = plain(attributes, answer.config) ?? {};
  return { config, problems: [...validateConfig(svmSchema, config)] };
}

describe("on hypervisors", () => {
  beforeEach(async () => {
    await start();
    const { simulator, vcenter } = bench;
    for (const [index, host] of vcenter.hosts.slice(0, 2).entries()) {
      const networkAdapters = host.networks.slice(0, index + 1).map((network) => ({ ...network }));
      const vm = { id: `vm-${index}`, name: `svm-${index}`, parentId: host.id, state: "Enabled", isSvm: true };
      simulator.world.svms.add(vcenter, { ...vm, networkAdapters }, {});
    }
  });

  test("each is told by its name, its place and its identity", async () => {
    const { infrastructureId, vcenter } = bench;
    const [first, second] = vcenter.hosts;
    const ours = (await list()).filter(({ displayName }) => /^svm-[01] /.test(displayName));
    expect(ours).toMatchObject([
      { displayName: `svm-0 on ${first!.name}`, identity: { infrastructureId, id: "vm-0" }, errors: [] },
      { displayName: `svm-1 on ${second!.name}`, identity: { infrastructureId, id: "vm-1" }, errors: [] },
    ]);
  });

  test("those of one hypervisor can be asked for", async () => {
    const names = (await list({ hostId: bench.vcenter.hosts[1]!.id })).map(({ displayName }) => displayName);
    expect(names.some((name) => name.startsWith("svm-1 "))).toBe(true);
    expect(names.some((name) => name.startsWith("svm-0 "))).toBe(false);
  });

  test("there are no projects to ask for", async () => {
    expect(await list({ projectId: "project-1" })).toMatchObject([
      { errors: [expect.stringMatching(/has no OpenStack projects @ infrastructure_id: .*Use host_id instead/)] },
    ]);
  });

  test("the configuration for it is accepted as it is", async () => {
    const found = (await list()).find(({ identity }) => identity?.["id"] === "vm-1");
    const { config, problems } = await generated(found!.state);
    expect(problems).toEqual([]);
    expect(config).toMatchObject({
      name: "svm-1",
      imageId: "unknown",
      host: { storageId: "unknown", networks: [{ primary: true }, { primary: false }] },
      id: null,
      state: null,
    });
  });
});

describe("in OpenStack", () => {
  beforeEach(async () => {
    await start(CLOUD);
    const { simulator, cloud } = bench;
    const [project] = cloud.projects;
    const securityGroups = [{ ...project!.securityGroups[0]! }];
    const networkAdapters = project!.networks.slice(0, 2).map((network) => ({ ...network, securityGroups }));
    const vm = { id: "vm-0", name: "svm-0", parentId: project!.id, state: "Enabled", isSvm: true };
    simulator.world.svms.add(cloud, { ...vm, networkAdapters }, {});
  });

  test("those of one project can be asked for, and there are no hypervisors to ask for", async () => {
    const found = await list({ projectId: bench.cloud.projects[0]!.id });
    expect(found.map(({ identity }) => identity?.["id"])).toContain("vm-0");
    expect(await list({ hostId: "host-1" })).toMatchObject([
      { errors: [expect.stringMatching(/has no hypervisors @ infrastructure_id: .*Use project_id instead/)] },
    ]);
  });

  test("the configuration for it is accepted as it is, security groups with port security", async () => {
    const found = (await list()).find(({ identity }) => identity?.["id"] === "vm-0");
    const { config, problems } = await generated(found!.state);
    expect(problems).toEqual([]);
    expect(config).toMatchObject({
      openstack: {
        flavorId: "unknown",
        networks: [
          { ports: [{ primary: true, portSecurityEnabled: true }] },
          { ports: [{ primary: false, portSecurityEnabled: true }] },
        ],
      },
    });
  });
});
