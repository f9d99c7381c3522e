/** What can be asked of a fleet, and done with all its SVMs. */
import { TerraformIterator, TerraformOutput, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { Infrastructure, Svm, SvmDeployment, SvmImage } from "../../../constructs";
import { LifecycleHook } from "../../../constructs/hook";
import { hooksOf, synth } from "../synth";
import { fleetProblems, svmsOf, synthFleet } from "./fleet";

const place = { host: "esx-01", storage: "ds1", network: "Servers" };

/* biome-ignore-start lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */

describe("a fleet", () => {
  test("may have no SVM, as when a site is drained", () => {
    const stack = synthFleet(
      () => ({ svms: {} }),
      (fleet) => {
        const infrastructure = Infrastructure.fromInfrastructureId(fleet, "dc2", "1");
        expect(fleet.addSvmPerHost({ infrastructure, hosts: [], storage: "ds1", network: "Servers" })).toEqual([]);
        new TerraformOutput(fleet, "ids", { value: fleet.svmIds, staticId: true });
      },
    );
    expect(svmsOf(stack)).toEqual({});
    expect(stack.output?.["ids"]).toEqual({ value: {} });
  });

  test("has SVMs of any name, also one that an inner construct could have", () => {
    const names = ["look-ups", "svms", "Default", "Resource"];
    const stack = synthFleet(({ vcenter: infrastructure }) => ({
      svms: Object.fromEntries(names.map((name) => [name, { infrastructure, ...place }])),
    }));
    expect(Object.keys(svmsOf(stack)).sort()).toEqual([...names].sort());
  });

  test("gives outputs that have the SVMs that are added later", () => {
    const { output } = synthFleet(
      ({ vcenter: infrastructure }) => ({ svms: { a: { infrastructure, ...place } } }),
      (fleet) => {
        new TerraformOutput(fleet, "ids", { value: fleet.svmIds, staticId: true });
        new TerraformOutput(fleet, "addresses", { value: fleet.ipAddresses, staticId: true });
        const { svms } = fleet;
        const infrastructure = Infrastructure.fromInfrastructureId(fleet, "dc2", "1");
        const later = fleet.addSvm("b", { infrastructure, ...place });
        expect(svms).toEqual({ a: fleet.svm("a"), b: later });
        expect(later).toBeInstanceOf(Svm);
      },
    );
    const of = (name: string, expression: (svm: string) => string) =>
      expect.stringMatching(new RegExp(`^\\$\\{${expression(`ksvla_svm\\.fleet_${name}_[0-9A-F]{8}`)}\\}$`));
    const id = (svm: string) => `${svm}\\.id`;
    const address = (svm: string) => `try\\(${svm}\\.ip_address, null\\)`;
    expect(output).toMatchObject({
      ids: { value: { a: of("a", id), b: of("b", id) } },
      addresses: { value: { a: of("a", address), b: of("b", address) } },
    });
  });

  test("takes a hook on every SVM in one line, those that are added later, too", () => {
    const stack = synthFleet(
      ({ vcenter: infrastructure }) => ({ svms: { a: { infrastructure, ...place } } }),
      (fleet) => {
        fleet.forEachSvm((svm, name) => new LifecycleHook(svm, "hook", { resource: svm, afterCreate: `echo ${name}` }));
        const infrastructure = Infrastructure.fromInfrastructureId(fleet, "dc2", "1");
        fleet.addSvm("b", { infrastructure, ...place });
      },
    );
    const hooks = Object.values(hooksOf(stack));
    expect(hooks.map(({ provisioner }) => provisioner)).toMatchObject(
      ["echo a", "echo b"].map((command) => [{ "local-exec": { command } }]),
    );
  });

  test.each([["svms"], ["site/datacenter/svms"], ["elsewhere/fleet"]])("moves as a whole from the place %s", (path) => {
    const made = (at: string, moved?: (fleet: SvmDeployment) => void) =>
      synth((stack) => {
        const ids = at.split("/");
        const scope = ids.slice(0, -1).reduce((parent, id) => new Construct(parent, id), stack as Construct);
        const image = SvmImage.fromImageId(stack, "image", "1");
        const fleet = new SvmDeployment(scope, ids.at(-1) ?? "", { image });
        moved?.(fleet);
        const infrastructure = Infrastructure.fromInfrastructureId(stack, "vcenter", "1");
        fleet.addSvm("svm.a", { infrastructure, ...place });
        fleet.addSvmPerHost({ infrastructure, hosts: ["b"], storage: "ds1", network: "Servers" });
        // What was looked at in passing is gone.
        expect(stack.node.children.map(({ node }) => node.id).sort()).toEqual(
          [ids[0], "image", "ksvla", "vcenter"].sort(),
        );
      });
    const before = Object.keys(made(path).resource?.["ksvla_svm"] ?? {});
    const after = made("elsewhere/svms", (fleet) => fleet.moveFrom(path));

    const { moved = [] } = after as { readonly moved?: readonly { readonly from: string; readonly to: string }[] };
    expect(moved.map(({ from }) => from).sort()).toEqual(before.map((name) => `ksvla_svm.${name}`).sort());
    const now = Object.keys(after.resource?.["ksvla_svm"] ?? {});
    expect(moved.map(({ to }) => to).sort()).toEqual(now.map((name) => `ksvla_svm.${name}`).sort());
  });

  test("is referred to by the ids of its SVMs, or with all that is known of them", () => {
    synth((stack) => {
      const ids = SvmDeployment.fromSvmIds(stack, "ids", { "svm-01": "1", "svm-02": "2" });
      expect(ids.svmIds).toEqual({ "svm-01": "1", "svm-02": "2" });
      expect(ids.ipAddresses).toEqual({});
      const known = SvmDeployment.fromSvmDeploymentAttributes(stack, "known", {
        svms: { "svm-01": { svmId: "1", ipAddress: "10.0.0.5" } },
      });
      expect(known.ipAddresses).toEqual({ "svm-01": "10.0.0.5" });
      expect(known.svms["svm-01"]).toMatchObject({ svmId: "1", node: { path: "stack/known/svm-01" } });
    });
  });
});

describe("a list that only Terraform knows", () => {
  test("gets an SVM on each of its hypervisors, each with its own look-up", () => {
    const stack = synthFleet(
      () => ({}),
      (fleet) => {
        const infrastructure = Infrastructure.fromInfrastructureId(fleet, "dc2", "1");
        const hosts = new TerraformVariable(fleet.node.scope ?? fleet, "hosts", { type: "list(string)" }).listValue;
        const [svm] = fleet.addSvmPerHost({ infrastructure, hosts, storage: "ds1", network: "Servers" });
        expect(svm).toBe(fleet.svm("on-each-host-of-dc2"));
        new TerraformOutput(fleet, "ids", { value: fleet.svmIds, staticId: true });
        fleet.forEachSvm((each) => new LifecycleHook(each, "hook", { resource: each, afterCreate: "true" }));
      },
    );
    const [[lookUp, host] = []] = Object.entries(stack.data?.["ksvla_host"] ?? {});
    expect(host).toMatchObject({ for_each: "${toset(var.hosts)}", name: "${each.value}" });
    const [[address, svm] = []] = Object.entries(stack.resource?.["ksvla_svm"] ?? {});
    expect(svm).toMatchObject({
      for_each: "${toset(var.hosts)}",
      name: "svm-${each.value}",
      host: {
        id: `\${data.ksvla_host.${lookUp}[each.key].id}`,
        storage_id: `\${data.ksvla_host.${lookUp}[each.key].storage_ids["ds1"]}`,
        networks: [{ id: `\${data.ksvla_host.${lookUp}[each.key].network_ids["Servers"]}` }],
      },
    });
    expect(stack.output?.["ids"]).toEqual({
      value: { "on-each-host-of-dc2": `\${{ for key, svm in ksvla_svm.${address} : key => svm.id }}` },
    });
    expect(Object.values(hooksOf(stack))).toMatchObject([{ for_each: "${toset(var.hosts)}" }]);
  });

  test("of places gives each SVM its own; what is the same for all is looked up once", () => {
    const stack = synthFleet(({ stack, vcenter, cloud }) => {
      const places = new TerraformVariable(stack, "places", {
        type: "map(object({ host = string, storage = string }))",
      });
      const forEach = TerraformIterator.fromMap(places.value);
      const zones = TerraformIterator.fromMap(new TerraformVariable(stack, "zones", { type: "map(string)" }).value);
      return {
        svms: {
          onHosts: {
            infrastructure: vcenter,
            forEach,
            host: forEach.getString("host"),
            storage: forEach.getString("storage"),
            network: "Servers",
          },
          inZones: {
            infrastructure: cloud,
            forEach: zones,
            project: "security",
            flavor: "svm.medium",
            availabilityZone: zones.value,
            network: "internal",
          },
        },
      };
    });
    const svms = Object.values(stack.resource?.["ksvla_svm"] ?? {});
    expect(svms.map(({ name }) => name)).toEqual(["inZones-${each.key}", "onHosts-${each.key}"]);
    expect(svms[1]).toMatchObject({
      host: { storage_id: expect.stringMatching(/\[each\.key\]\.storage_ids\[each\.value\.storage\]/) },
    });
    expect(Object.values(stack.data?.["ksvla_openstack_project"] ?? {})).toEqual([
      expect.not.objectContaining({ for_each: expect.anything() }),
    ]);
    expect(Object.values(stack.data?.["ksvla_host"] ?? {})).toMatchObject([{ for_each: "${var.places}" }]);
  });

  test("of a name is told to be put elsewhere", () => {
    synthFleet(
      () => ({}),
      (fleet) => {
        const infrastructure = Infrastructure.fromInfrastructureId(fleet, "dc2", "1");
        const host = new TerraformVariable(fleet, "host", { type: "string" }).stringValue;
        const hosts = [host, "esx-02"];
        expect(() => fleet.addSvmPerHost({ infrastructure, hosts, storage: "ds1", network: "Servers" })).toThrow(
          "[stack/fleet] The name of an SVM within the deployment must be known at synth, got: a token.",
        );
      },
    );
  });

  test("keeps the token of a hypervisor in the SVMs' names", () => {
    const found = fleetProblems(
      () => ({}),
      (fleet) => {
        const infrastructure = Infrastructure.fromInfrastructureId(fleet, "dc2", "1");
        const hosts = new TerraformVariable(fleet, "hosts", { type: "list(string)" }).listValue;
        const name = (host: string) => host.slice(0, 5);
        fleet.addSvmPerHost({ infrastructure, hosts, storage: "ds1", network: "Servers", name });
      },
    );
    expect(found).toEqual([
      expect.stringContaining("[stack/fleet] addSvmPerHost.name: Of hosts that only Terraform knows"),
    ]);
  });
});

/* biome-ignore-end lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */
