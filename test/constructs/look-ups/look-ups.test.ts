import { TerraformOutput, TerraformVariable } from "cdktf";
import { Host, Infrastructure, InfrastructureType, OpenStackProject, Secret } from "../../../constructs";
import { problems, synth, untyped } from "../synth";

test("a host is looked up in its infrastructure", () => {
  const { data } = synth((stack) => {
    const infrastructure = new Infrastructure(stack, "vcenter", {
      type: InfrastructureType.VMWARE,
      address: "vcenter.example.test",
      admin: { name: "admin", password: Secret.fromVariable("PASSWORD") },
    });
    new Host(stack, "host", { infrastructure, name: "esx-01", refresh: true, timeouts: { read: "1m" } });
  });
  expect(data?.["ksvla_host"]?.["host"]).toEqual({
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
    infrastructure_id: "${ksvla_infrastructure.vcenter.id}",
    name: "esx-01",
    refresh: true,
    timeouts: { read: "1m" },
  });
});

test("ids are found by name, whatever the name is made of", () => {
  const { output } = synth((stack) => {
    const infrastructure = Infrastructure.fromInfrastructureId(stack, "existing", "id-1");
    const host = new Host(stack, "host", { infrastructure, name: "esx-01" });
    const variable = new TerraformVariable(stack, "name", {});
    new TerraformOutput(stack, "plain", { value: host.networkId("Servers") });
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
    new TerraformOutput(stack, "odd", { value: host.storageId('SSD "fast" ${1} \\ %{2}') });
    new TerraformOutput(stack, "late", { value: host.networkId(variable.stringValue) });
    new TerraformOutput(stack, "first", { value: host.storages.get(0).freeSpace });
  });
  const values = Object.fromEntries(Object.entries(output ?? {}).map(([name, { value }]) => [name, value]));
  /* biome-ignore-start lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */
  expect(values).toEqual({
    plain: '${data.ksvla_host.host.network_ids["Servers"]}',
    odd: '${data.ksvla_host.host.storage_ids["SSD \\"fast\\" $${1} \\\\ %%{2}"]}',
    late: "${data.ksvla_host.host.network_ids[var.name]}",
    first: "${data.ksvla_host.host.storages[0].free_space}",
  });
  /* biome-ignore-end lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */
});

test("names that are asked for are required, beside what the user requires", () => {
  const { data } = synth((stack) => {
    const infrastructure = Infrastructure.fromInfrastructureId(stack, "existing", "id-1");
    const host = new Host(stack, "host", { infrastructure, name: "esx-01", require: { networks: ["Backup"] } });
    const variable = new TerraformVariable(stack, "name", {});
    const other = new Host(stack, "other", { infrastructure, name: "esx-02" });
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
    const names = ["Servers", "Servers", 'SSD "fast" ${1}', variable.stringValue, other.state];
    for (const name of names) host.networkId(name);
    host.storageId("ds1");
  });
  expect(data?.["ksvla_host"]?.["host"]).toMatchObject({
    // What something else has to tell first cannot be required before it does.
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
    require: { networks: ["Backup", "Servers", 'SSD "fast" $${1}', "${var.name}"], storages: ["ds1"] },
  });
  expect(data?.["ksvla_host"]?.["other"]).not.toHaveProperty("require");
});

test("an OpenStack project offers ids of everything that an SVM needs", () => {
  const { output, data } = synth((stack) => {
    const infrastructure = Infrastructure.fromInfrastructureId(stack, "existing", "id-1");
    const project = new OpenStackProject(stack, "project", { infrastructure, name: "security", domain: "Default" });
    const ids = [
      project.networkId("a"),
      project.flavorId("b"),
      project.volumeTypeId("c"),
      project.securityGroupId("d"),
      project.serverGroupId("e"),
    ];
    project.availabilityZone("f");
    new TerraformOutput(stack, "ids", { value: ids });
  });
  expect(data?.["ksvla_openstack_project"]?.["project"]).toEqual({
    infrastructure_id: "id-1",
    name: "security",
    domain: "Default",
    require: {
      networks: ["a"],
      flavors: ["b"],
      volume_types: ["c"],
      security_groups: ["d"],
      server_groups: ["e"],
      availability_zones: ["f"],
    },
  });
  expect(output?.["ids"]?.["value"]).toEqual(
    [
      'network_ids["a"]',
      'flavor_ids["b"]',
      'volume_type_ids["c"]',
      'security_group_ids["d"]',
      'server_group_ids["e"]',
    ].map((path) => `\${data.ksvla_openstack_project.project.${path}}`),
  );
});

test("a look-up by neither name nor id, or by both, is refused", () => {
  const refused = (props: object) =>
    problems((stack) => {
      const infrastructure = Infrastructure.fromInfrastructureId(stack, "existing", "id-1");
      new Host(stack, "host", untyped({ infrastructure, ...props }));
    });
  expect(refused({})).toEqual([expect.stringMatching(/^\[stack\/host\] name: Set either name or id/)]);
  expect(refused({ name: "a", id: "b" })).toEqual([expect.stringMatching(/^\[stack\/host\] id: .*not both/)]);
});
