/** `terraform query`: finds SVMs that nobody has imported yet, and writes the configuration to import them with. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { testWith } from "./support/client";
import { planned } from "./support/quick";
import { DEPLOYED, RECONFIGURED, REMOVED, SvmBench } from "./support/svms";

const GENERATED = "generated.tf";

let bench: SvmBench;

beforeAll(async () => {
  bench = await SvmBench.start();
});
afterEach(() => {
  bench.reset();
  for (const file of ["all.tfquery.hcl", GENERATED]) rmSync(join(bench.workspace.directory, file), { force: true });
});
afterAll(() => bench.stop());

/** SVMs on the first two hypervisors, of which the second has two adapters, and one in the first project. */
function there(): void {
  const { simulator, vcenter, cloud } = bench;
  const add = (platform: typeof vcenter | typeof cloud, id: string, parentId: string, networkAdapters: object[]) =>
    simulator.world.svms.add(
      platform as never,
      { id, name: id, parentId, state: "Enabled", isSvm: true, networkAdapters: networkAdapters as never },
      {},
    );
  const [first, second] = vcenter.hosts;
  const [project] = cloud.projects;
  add(vcenter, "vm-1", first!.id, [{ ...first!.networks[0]! }]);
  add(vcenter, "vm-2", second!.id, [{ ...second!.networks[0]! }, { ...second!.networks[1]! }]);
  add(cloud, "vm-3", project!.id, [{ ...project!.networks[0]! }]);
}

async function query(config: Readonly<Record<string, string>>, ...args: string[]) {
  const lines = Object.entries(config).map(([name, value]) => `    ${name} = "${value}"`);
  bench.write("");
  const block = `list "ksvla_svm" "all" {\n  provider = ksvla\n  config {\n${lines.join("\n")}\n  }\n}\n`;
  bench.workspace.writeFile("all.tfquery.hcl", block);
  return bench.workspace.run(["query", ...args]);
}

testWith("query")("lists the SVMs of an infrastructure, of a hypervisor and of a project", async () => {
  there();
  const { infrastructureId, cloudId, vcenter, cloud } = bench;
  const all = await query({ infrastructure_id: infrastructureId });
  expect(all.stdout).toContain(`infrastructure_id=${infrastructureId}`);
  expect(all.stdout).toMatch(/vm-1 on esx-01[\s\S]*vm-2 on esx-02/);
  const host = await query({ infrastructure_id: infrastructureId, host_id: vcenter.hosts[1]!.id });
  expect([host.stdout.includes("vm-1"), host.stdout.includes("vm-2")]).toEqual([false, true]);
  const project = await query({ infrastructure_id: cloudId, project_id: cloud.projects[0]!.id });
  expect(project.stdout).toContain("vm-3");
});

testWith("query")("refuses a place that the infrastructure has none of", async () => {
  const wrong = await query({ infrastructure_id: bench.cloudId, host_id: "host-1" });
  expect(wrong.output).toContain("has no hypervisors");
  const both = await query({ infrastructure_id: bench.cloudId, host_id: "host-1", project_id: "project-1" });
  expect(both.output).toContain("either hypervisors or projects");
});

testWith("query").each(["infrastructureId", "cloudId"] as const)(
  "writes a configuration that imports them as they are (%s)",
  async (infrastructure) => {
    there();
    const found = await query({ infrastructure_id: bench[infrastructure] }, `-generate-config-out=${GENERATED}`);
    expect(found.output).not.toContain("Error");

    await bench.workspace.succeed(["validate"]);
    expect(new Set(Object.values(await planned(bench.workspace)))).toEqual(new Set(["update"]));
    await bench.workspace.apply();
    for (const request of [DEPLOYED, RECONFIGURED, REMOVED]) expect(bench.simulator.requests.count(request)).toBe(0);
    expect(await planned(bench.workspace)).toEqual({});
  },
);
