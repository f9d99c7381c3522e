import { Aspects, TerraformOutput, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import {
  Host,
  Infrastructure,
  KsvlaProvider,
  OpenStackProject,
  Secret,
  SvmDeployment,
  SvmImage,
  TrustedCertificate,
} from "../../../constructs";
import { KsvlaSvm } from "../../../constructs/generated";
import { synth } from "../synth";
import { connected, svmsOf, synthFleet } from "./fleet";

/* biome-ignore-start lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */

/** Terraform's names of look-ups end in a hash of their path. */
const lookUp = (type: string, id: string, rest: string) =>
  expect.stringMatching(new RegExp(`^\\$\\{data\\.${type}\\.fleet_look-ups_${id}_[0-9A-F]{8}\\.${rest}\\}$`));
const onHost = (id: string, rest: string) => lookUp("ksvla_host", id, rest);
const inProject = (id: string, rest: string) => lookUp("ksvla_openstack_project", id, rest);

describe("a place on a hypervisor", () => {
  test("is found by names, with one network from DHCP", () => {
    const stack = synthFleet(({ vcenter }) => ({
      svms: { "svm-01": { infrastructure: vcenter, host: "esx-01", storage: "ds1", network: "Servers" } },
    }));
    expect(svmsOf(stack)["svm-01"]).toEqual({
      name: "svm-01",
      infrastructure_id: "infrastructure-1",
      image_id: "image-1",
      host: {
        id: onHost("vcenter_host-name-esx-01", "id"),
        storage_id: onHost("vcenter_host-name-esx-01", 'storage_ids\\["ds1"\\]'),
        networks: [{ id: onHost("vcenter_host-name-esx-01", 'network_ids\\["Servers"\\]') }],
      },
    });
    expect(Object.values(stack.data?.["ksvla_host"] ?? {})).toEqual([
      { infrastructure_id: "infrastructure-1", name: "esx-01", require: { networks: ["Servers"], storages: ["ds1"] } },
    ]);
  });

  test("has any number of networks with all their settings", () => {
    const stack = synthFleet(({ vcenter }) => ({
      dns: { main: "10.0.0.2" },
      svms: {
        a: {
          infrastructure: vcenter,
          host: "esx-01",
          storage: "ds1",
          networks: [
            {
              network: "Servers",
              vlanId: 100,
              primary: true,
              static: { address: "10.0.0.5", mask: "255.255.255.0", gateway: "10.0.0.1" },
            },
            { network: { id: "network-2" } },
          ],
        },
      },
    }));
    expect(svmsOf(stack)["a"]?.["host"]).toMatchObject({
      networks: [
        {
          id: onHost("vcenter_host-name-esx-01", 'network_ids\\["Servers"\\]'),
          vlan_id: 100,
          primary: true,
          static: { address: "10.0.0.5", mask: "255.255.255.0", gateway: "10.0.0.1" },
        },
        { id: "network-2" },
      ],
    });
  });

  test("given by ids is not looked up", () => {
    const stack = synthFleet(({ vcenter }) => ({
      svms: {
        a: { infrastructure: vcenter, host: { id: "host-1" }, storage: { id: "ds-1" }, network: { id: "network-1" } },
      },
    }));
    expect(svmsOf(stack)["a"]?.["host"]).toEqual({
      id: "host-1",
      storage_id: "ds-1",
      networks: [{ id: "network-1" }],
    });
    expect(stack.data).toBeUndefined();
  });

  test("can name storage and network of a host that is given by its id", () => {
    const stack = synthFleet(({ vcenter }) => ({
      svms: { a: { infrastructure: vcenter, host: { id: "host-1" }, storage: "ds1", network: "Servers" } },
    }));
    expect(svmsOf(stack)["a"]?.["host"]).toMatchObject({
      id: "host-1",
      storage_id: onHost("vcenter_host-id-host-1", 'storage_ids\\["ds1"\\]'),
    });
    expect(Object.values(stack.data?.["ksvla_host"] ?? {})).toEqual([
      { infrastructure_id: "infrastructure-1", id: "host-1", require: { networks: ["Servers"], storages: ["ds1"] } },
    ]);
  });

  test("can be a Host construct, which is used as it is", () => {
    const stack = synthFleet(({ stack, vcenter }) => {
      const host = new Host(stack, "esx", { infrastructure: vcenter, name: "esx-01", refresh: true });
      return { svms: { a: { infrastructure: vcenter, host, storage: "ds1", network: "Servers" } } };
    });
    expect(svmsOf(stack)["a"]?.["host"]).toEqual({
      id: "${data.ksvla_host.esx.id}",
      storage_id: '${data.ksvla_host.esx.storage_ids["ds1"]}',
      networks: [{ id: '${data.ksvla_host.esx.network_ids["Servers"]}' }],
    });
    expect(Object.keys(stack.data?.["ksvla_host"] ?? {})).toEqual(["esx"]);
  });

  test("may have a name that is only known during the deployment", () => {
    const stack = synthFleet(({ stack, vcenter }) => {
      const host = new TerraformVariable(stack, "host", {}).stringValue;
      return { svms: { a: { infrastructure: vcenter, host, storage: "ds1", network: "Servers" } } };
    });
    expect(Object.values(stack.data?.["ksvla_host"] ?? {})).toEqual([
      {
        infrastructure_id: "infrastructure-1",
        name: "${var.host}",
        require: { networks: ["Servers"], storages: ["ds1"] },
      },
    ]);
  });
});

describe("a place in an OpenStack project", () => {
  test("is found by names, with one port from DHCP", () => {
    const stack = synthFleet(({ cloud }) => ({
      svms: {
        a: {
          infrastructure: cloud,
          project: "security",
          domain: "Default",
          flavor: "svm.medium",
          volumeType: "ssd",
          availabilityZone: "nova",
          serverGroup: "spread",
          network: "internal",
        },
      },
    }));
    const id = "cloud_project-domain-Default-name-security";
    expect(svmsOf(stack)["a"]?.["openstack"]).toEqual({
      project_id: inProject(id, "id"),
      flavor_id: inProject(id, 'flavor_ids\\["svm.medium"\\]'),
      volume_type_id: inProject(id, 'volume_type_ids\\["ssd"\\]'),
      availability_zone: "nova",
      server_group_id: inProject(id, 'server_group_ids\\["spread"\\]'),
      networks: [{ id: inProject(id, 'network_ids\\["internal"\\]'), ports: [{}] }],
    });
    expect(Object.values(stack.data?.["ksvla_openstack_project"] ?? {})).toEqual([
      {
        infrastructure_id: "infrastructure-2",
        name: "security",
        domain: "Default",
        require: {
          networks: ["internal"],
          flavors: ["svm.medium"],
          volume_types: ["ssd"],
          server_groups: ["spread"],
          availability_zones: ["nova"],
        },
      },
    ]);
  });

  test("needs no look-up for an availability zone alone", () => {
    const stack = synthFleet(({ cloud }) => ({
      svms: {
        a: {
          infrastructure: cloud,
          project: { id: "project-1" },
          flavor: { id: "flavor-1" },
          availabilityZone: "nova",
          network: { id: "network-1" },
        },
      },
    }));
    expect(svmsOf(stack)["a"]?.["openstack"]).toMatchObject({ project_id: "project-1", availability_zone: "nova" });
    expect(stack.data).toBeUndefined();
  });

  test("has ports with all their settings", () => {
    const stack = synthFleet(({ stack, cloud }) => {
      const project = new OpenStackProject(stack, "project", { infrastructure: cloud, name: "security" });
      const ports = [
        {
          primary: true,
          vlanId: 7,
          static: { addresses: ["10.0.0.5", "10.0.0.6"], mask: "255.255.255.0", gateway: "10.0.0.1" },
          portSecurityEnabled: true,
          securityGroups: ["svm", { id: "group-2" }],
        },
        {},
      ];
      return {
        dns: { main: "10.0.0.2" },
        svms: {
          a: { infrastructure: cloud, project, flavor: { id: "flavor-1" }, networks: [{ network: "internal", ports }] },
        },
      };
    });
    expect(svmsOf(stack)["a"]?.["openstack"]).toEqual({
      project_id: "${data.ksvla_openstack_project.project.id}",
      flavor_id: "flavor-1",
      networks: [
        {
          id: '${data.ksvla_openstack_project.project.network_ids["internal"]}',
          ports: [
            {
              primary: true,
              vlan_id: 7,
              static: { addresses: ["10.0.0.5", "10.0.0.6"], mask: "255.255.255.0", gateway: "10.0.0.1" },
              port_security_enabled: true,
              security_group_ids: ['${data.ksvla_openstack_project.project.security_group_ids["svm"]}', "group-2"],
            },
            {},
          ],
        },
      ],
    });
  });
});

describe("a fleet", () => {
  test("looks up each host once, however many SVMs it has", () => {
    const { data } = synthFleet(({ vcenter, cloud }) => {
      const place = { host: "esx-01", storage: "ds1", network: "Servers" };
      return {
        svms: {
          a: { ...place, infrastructure: vcenter },
          b: { ...place, infrastructure: vcenter },
          c: { ...place, infrastructure: vcenter, host: "esx-02" },
          d: { ...place, infrastructure: cloud },
        },
      };
    });
    const hosts = Object.values(data?.["ksvla_host"] ?? {}).map(
      (host) => `${host["infrastructure_id"]} ${host["name"]}`,
    );
    expect(hosts.sort()).toEqual(["infrastructure-1 esx-01", "infrastructure-1 esx-02", "infrastructure-2 esx-01"]);
  });

  test("tells infrastructures of one id in different scopes apart", () => {
    const { data } = synthFleet(({ stack, vcenter }) => {
      const other = Infrastructure.fromInfrastructureId(new Construct(stack, "dc2"), "vcenter", "i-3");
      const place = { host: "esx-01", storage: "ds1", network: "Servers" };
      return { svms: { a: { ...place, infrastructure: vcenter }, b: { ...place, infrastructure: other } } };
    });
    expect(Object.values(data?.["ksvla_host"] ?? {})).toHaveLength(2);
  });

  test("shares settings; what an SVM sets itself takes their place as a whole", () => {
    const stack = synthFleet(({ stack, vcenter }) => {
      const certificate = new TrustedCertificate(stack, "certificate", { address: "a.example.test" });
      const place = { infrastructure: vcenter, host: "esx-01", storage: "ds1", network: "Servers" };
      return {
        localization: "ru",
        skipIntegrityCheck: true,
        onExisting: "adopt",
        ksc: { address: "ksc.example.test", port: 14001 },
        dns: { main: "10.0.0.2" },
        root: { allowSsh: true, password: Secret.fromVariable("ROOT", { version: "1" }) },
        klconfig: { password: Secret.fromVariable("KLCONFIG"), currentPassword: Secret.fromVariable("FORMER") },
        settingsVersion: "2",
        timeouts: { create: "2h" },
        dependsOn: [certificate],
        lifecycle: { preventDestroy: true },
        svms: {
          a: place,
          b: {
            ...place,
            name: "other",
            onExisting: "refuse",
            ksc: { address: "ksc2.example.test" },
            klconfig: { password: Secret.fromVariable("OWN", { version: "3" }) },
            lifecycle: { ignoreChanges: ["ksc"] },
          },
        },
      };
    });
    const { a, other } = svmsOf(stack);
    expect(a).toMatchObject({
      localization: "ru",
      skip_integrity_check: true,
      on_existing: "adopt",
      ksc: { address: "ksc.example.test", port: 14001 },
      dns: { main: "10.0.0.2" },
      root: { allow_ssh: true, password_wo: "${var.ROOT}", password_wo_version: "1" },
      klconfig: { password_wo: "${var.KLCONFIG}", current_password_wo: "${var.FORMER}" },
      settings_version: "2",
      timeouts: { create: "2h" },
      depends_on: ["ksvla_trusted_certificate.certificate"],
      lifecycle: { prevent_destroy: true },
    });
    expect(other).toMatchObject({
      localization: "ru",
      ksc: { address: "ksc2.example.test" },
      klconfig: { password_wo: "${var.OWN}", password_wo_version: "3" },
      lifecycle: { prevent_destroy: true, ignore_changes: ["ksc"] },
    });
    expect(other?.["ksc"]).not.toHaveProperty("port");
  });

  test("has no secret in what is synthesized", () => {
    const text = JSON.stringify(
      synthFleet(({ vcenter }) => ({
        klconfig: { password: Secret.fromVariable("KLCONFIG") },
        svms: {
          a: {
            infrastructure: vcenter,
            host: "esx-01",
            storage: "ds1",
            network: "Servers",
            root: { password: Secret.fromExpression("${ephemeral.vault_kv_secret_v2.root.data.password}") },
          },
        },
      })),
    );
    expect(text).toContain('"password_wo":"${ephemeral.vault_kv_secret_v2.root.data.password}"');
    expect(text).toContain('"KLCONFIG":{"ephemeral":true,"nullable":false,"sensitive":true,"type":"string"}');
  });

  test("has one SVM on each of several hosts", () => {
    const stack = synthFleet(
      () => ({}),
      (fleet) => {
        const infrastructure = Infrastructure.fromInfrastructureId(fleet, "dc2", "infrastructure-3");
        const place = { infrastructure, storage: "ds1", network: "Servers" };
        expect(fleet.addSvmPerHost({ ...place, hosts: ["esx-01", "esx-02"] })).toHaveLength(2);
        fleet.addSvmPerHost({ ...place, hosts: ["esx-03"], name: (host) => `guard-${host}`, localization: "ru" });
      },
    );
    expect(Object.keys(svmsOf(stack))).toEqual(["guard-esx-03", "svm-esx-01", "svm-esx-02"]);
    expect(svmsOf(stack)["guard-esx-03"]).toMatchObject({ localization: "ru" });
  });

  test("offers ids and addresses by name, and each SVM with all its outputs", () => {
    const { output } = synthFleet(
      ({ vcenter }) => ({
        svms: { a: { infrastructure: vcenter, host: "esx-01", storage: "ds1", network: "Servers", name: "svm-a" } },
      }),
      (fleet) => {
        new TerraformOutput(fleet, "ids", { value: fleet.svmIds, staticId: true });
        new TerraformOutput(fleet, "addresses", { value: fleet.ipAddresses, staticId: true });
        new TerraformOutput(fleet, "network", { value: fleet.svm("a").networkAdapters.get(0).name, staticId: true });
      },
    );
    const svm = expect.stringMatching(/^\$\{ksvla_svm\.fleet_a_[0-9A-F]{8}\.id\}$/);
    expect(output?.["ids"]).toEqual({ value: { a: svm } });
    expect(output?.["addresses"]).toEqual({
      value: { a: expect.stringMatching(/^\$\{try\(ksvla_svm\.fleet_a_[0-9A-F]{8}\.ip_address, null\)\}$/) },
    });
    expect(output?.["network"]).toEqual({ value: expect.stringMatching(/\.network_adapters\[0\]\.name\}$/) });
  });

  test("works through its own provider, look-ups included", () => {
    const stack = synthFleet(({ stack, vcenter }) => ({
      provider: new KsvlaProvider(stack, "other", { alias: "other" }),
      svms: { a: { infrastructure: vcenter, host: "esx-01", storage: "ds1", network: "Servers" } },
    }));
    expect(svmsOf(stack)["a"]).toMatchObject({ provider: "ksvla.other" });
    expect(Object.values(stack.data?.["ksvla_host"] ?? {})).toMatchObject([{ provider: "ksvla.other" }]);
  });

  test("is reached by aspects, overrides and imports", () => {
    const stack = synthFleet(
      ({ vcenter }) => ({
        svms: { a: { infrastructure: vcenter, host: "esx-01", storage: "ds1", network: "Servers" } },
      }),
      (fleet) => {
        Aspects.of(fleet).add({
          visit: (node) => {
            if (node instanceof KsvlaSvm) node.addOverride("timeouts", { delete: "3h" });
          },
        });
        fleet.svm("a").importFrom("infrastructure-1/svm-1");
        fleet.svm("a").addOverride("name", "overridden");
      },
    );
    expect(svmsOf(stack)["overridden"]).toMatchObject({ timeouts: { delete: "3h" } });
    expect(stack.import).toMatchObject([{ id: "infrastructure-1/svm-1" }]);
  });

  test("refers to its infrastructure and image, so that both outlive its SVMs", () => {
    const stack = synth((stack) => {
      const infrastructure = connected(stack);
      const image = new SvmImage(stack, "image", { manifestPath: "/opt/svm/6.xml", infrastructures: [infrastructure] });
      const place = { infrastructure, host: { id: "1" }, storage: { id: "2" }, network: { id: "3" } };
      new SvmDeployment(stack, "fleet", { image, svms: { a: place } });
    });
    expect(svmsOf(stack)["a"]).toMatchObject({
      infrastructure_id: "${ksvla_infrastructure.esx.id}",
      image_id: "${ksvla_svm_image.image.id}",
    });
  });

  test("says which SVMs there are when asked for another, and takes no name twice", () => {
    synthFleet(
      ({ vcenter }) => ({
        svms: { a: { infrastructure: vcenter, host: "esx-01", storage: "ds1", network: "Servers" } },
      }),
      (fleet) => {
        expect(() => fleet.svm("b")).toThrow('[stack/fleet] There is no SVM "b", only "a".');
        const infrastructure = Infrastructure.fromInfrastructureId(fleet, "dc2", "infrastructure-3");
        const place = { infrastructure, host: "esx-01", storage: "ds1", network: "Servers" };
        expect(() => fleet.addSvm("a", place)).toThrow('[stack/fleet] There is an SVM "a" already.');
      },
    );
  });
});

/* biome-ignore-end lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */
