/** What a construct made beside itself goes wherever it goes: it moves, is imported, overridden and provided with it. */
import { Aspects, dependable, type TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import {
  Infrastructure,
  type InfrastructureProps,
  InfrastructureType,
  KsvlaProvider,
  ReserveServer,
  Secret,
  Svm,
  SvmImage,
} from "../../constructs";
import { type Synthesized, synth } from "./synth";

const password = Secret.fromVariable("PASSWORD");

const proxmox = (scope: Construct, id: string, props: Partial<InfrastructureProps> = {}) =>
  new Infrastructure(scope, id, {
    type: InfrastructureType.PROXMOX,
    address: "pve.example.test",
    admin: { name: "admin", password },
    trust: true,
    ...props,
  });

const reserve = (scope: Construct, id: string) =>
  new ReserveServer(scope, id, { address: "reserve.example.test", password, trust: true });

/** All that is in the stack, by address. */
function resources({ resource = {} }: Synthesized): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return Object.fromEntries(
    Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named).map(([name, values]) => [`${type}.${name}`, values]),
    ),
  );
}

/** What moves, as `from → to`. */
function moves(result: Synthesized): readonly string[] {
  const { moved = [] } = result as { readonly moved?: readonly { readonly from: string; readonly to: string }[] };
  return moved.map(({ from, to }) => `${from} → ${to}`).sort();
}

test("its addresses are those of its leader, with what it is to it", () => {
  const result = synth((stack) => {
    proxmox(stack, "pve");
    reserve(stack, "reserve").overrideLogicalId("second");
    const own = proxmox(stack, "other");
    own.certificates[0]?.overrideLogicalId("own");
    own.certificates[1]?.overrideLogicalId("passing");
    own.certificates[1]?.resetOverrideLogicalId();
  });
  expect(Object.keys(resources(result)).sort()).toEqual([
    "ksvla_infrastructure.other",
    "ksvla_infrastructure.pve",
    "ksvla_reserve_server.second",
    "ksvla_server_role.second_role_5584D793",
    "ksvla_trusted_certificate.other_ssh-key_72D94739",
    "ksvla_trusted_certificate.own",
    "ksvla_trusted_certificate.pve_certificate_73BE2200",
    "ksvla_trusted_certificate.pve_ssh-key_69E66DE5",
    "ksvla_trusted_certificate.second_certificate_14AF0EF5",
  ]);
});

describe("moves", () => {
  test("from an address", () => {
    const result = synth((stack) => {
      const scope = new Construct(stack, "datacenter");
      proxmox(scope, "pve").moveFromId("ksvla_infrastructure.pve");
      reserve(scope, "reserve").moveFromId('module.ha.ksvla_reserve_server.old["a"]');
    });
    const to = (type: string, name: string) => {
      const found = Object.keys(resources(result)).find((address) => address.startsWith(`${type}.${name}`));
      return found ?? "";
    };
    const pve = to("ksvla_infrastructure", "datacenter_pve").replace("ksvla_infrastructure.", "");
    const second = to("ksvla_reserve_server", "datacenter_reserve").replace("ksvla_reserve_server.", "");
    expect(moves(result)).toEqual(
      [
        `ksvla_infrastructure.pve → ksvla_infrastructure.${pve}`,
        `ksvla_trusted_certificate.pve_certificate_73BE2200 → ksvla_trusted_certificate.${pve}_certificate`,
        `ksvla_trusted_certificate.pve_ssh-key_69E66DE5 → ksvla_trusted_certificate.${pve}_ssh-key`,
        `module.ha.ksvla_reserve_server.old["a"] → ksvla_reserve_server.${second}`,
        `module.ha.ksvla_server_role.old_role_BD9BD5FC["a"] → ksvla_server_role.${second}_role`,
        `module.ha.ksvla_trusted_certificate.old_certificate_BA7CDC9E["a"] → ksvla_trusted_certificate.${second}_certificate`,
      ].sort(),
    );
  });

  test("to an address, and to a target", () => {
    const result = synth((stack) => {
      proxmox(stack, "a").moveToId("ksvla_infrastructure.b");
      proxmox(stack, "b");
      proxmox(stack, "c").moveTo("target", "key");
      proxmox(stack, "d").addMoveTarget("target");
    });
    expect(moves(result)).toEqual([
      "ksvla_infrastructure.a → ksvla_infrastructure.b",
      'ksvla_infrastructure.c → ksvla_infrastructure.d["key"]',
      "ksvla_trusted_certificate.a_certificate_A64FCF50 → ksvla_trusted_certificate.b_certificate_28C8F559",
      "ksvla_trusted_certificate.a_ssh-key_88ACC252 → ksvla_trusted_certificate.b_ssh-key_6E534719",
      'ksvla_trusted_certificate.c_certificate_6F3B1CAD → ksvla_trusted_certificate.d_certificate_D85F403F["key"]',
      'ksvla_trusted_certificate.c_ssh-key_652B6EC3 → ksvla_trusted_certificate.d_ssh-key_F6FFE199["key"]',
    ]);
    expect(Object.keys(resources(result)).filter((address) => /\.[ac](_|$)/.test(address))).toEqual([]);
  });

  test("from where version 0.1.0 had it, when that is elsewhere", () => {
    const result = synth((stack) => {
      proxmox(stack, "pve");
      proxmox(new Construct(stack, "site"), "pve");
      proxmox(stack, "named").overrideLogicalId("other");
    });
    expect(moves(result)).toEqual([
      "ksvla_trusted_certificate.named_certificate_4C5EA956 → ksvla_trusted_certificate.other_certificate_80E2805B",
      "ksvla_trusted_certificate.named_ssh-key_202A61C7 → ksvla_trusted_certificate.other_ssh-key_72D94739",
      "ksvla_trusted_certificate.site_pve_certificate_CEE5A058 → ksvla_trusted_certificate.site_pve_0DB1DFB0_certificate",
      "ksvla_trusted_certificate.site_pve_ssh-key_21C2FC75 → ksvla_trusted_certificate.site_pve_0DB1DFB0_ssh-key",
    ]);
  });

  test("unless it says itself where it was", () => {
    const result = synth((stack) => {
      const pve = proxmox(stack, "pve");
      pve.moveFromId("ksvla_infrastructure.main");
      pve.certificates[0]?.moveFromId("ksvla_trusted_certificate.tls");
    });
    expect(moves(result)).toEqual([
      "ksvla_infrastructure.main → ksvla_infrastructure.pve",
      "ksvla_trusted_certificate.main_ssh-key_D050D3B1 → ksvla_trusted_certificate.pve_ssh-key_69E66DE5",
      "ksvla_trusted_certificate.tls → ksvla_trusted_certificate.pve_certificate_73BE2200",
    ]);
  });
});

test("is not waited for when it went elsewhere by itself", () => {
  const all = resources(
    synth((stack) => proxmox(stack, "pve").certificates[0]?.moveToId("ksvla_trusted_certificate.tls")),
  );
  expect(all["ksvla_infrastructure.pve"]?.["depends_on"]).toEqual(["ksvla_trusted_certificate.pve_ssh-key_69E66DE5"]);
});

test("is imported, as far as it can be", () => {
  const { import: imports } = synth((stack) => {
    const provider = new KsvlaProvider(stack, "second", { alias: "second" });
    proxmox(stack, "pve").importFrom("id-1", provider);
    reserve(stack, "reserve").importFrom("id-2");
  });
  expect(imports).toEqual([
    { provider: "ksvla.second", id: "id-1", to: "ksvla_infrastructure.pve" },
    {
      provider: "ksvla.second",
      id: "https://pve.example.test:8006",
      to: "ksvla_trusted_certificate.pve_certificate_73BE2200",
    },
    { provider: "ksvla.second", id: "ssh://pve.example.test:22", to: "ksvla_trusted_certificate.pve_ssh-key_69E66DE5" },
    { id: "id-2", to: "ksvla_reserve_server.reserve" },
    { id: "https://reserve.example.test:7271", to: "ksvla_trusted_certificate.reserve_certificate_022F47CC" },
  ]);
});

describe("takes over", () => {
  const made = (change: (infrastructure: Infrastructure, stack: TerraformStack) => void, props = {}) => {
    const all = resources(
      synth((stack) => {
        change(proxmox(stack, "pve", props), stack);
      }),
    );
    return [
      all["ksvla_trusted_certificate.pve_certificate_73BE2200"],
      all["ksvla_trusted_certificate.pve_ssh-key_69E66DE5"],
    ];
  };
  const both = (values: object) => [expect.objectContaining(values), expect.objectContaining(values)];

  test("a provider that is set later, by whomever", () => {
    const certificates = made((infrastructure, stack) => {
      const provider = new KsvlaProvider(stack, "second", { alias: "second" });
      Aspects.of(stack).add({
        visit(node) {
          if (node === infrastructure) infrastructure.provider = provider;
        },
      });
    });
    expect(certificates).toEqual(both({ provider: "ksvla.second" }));
  });

  test("a number, and what it waits for, that are set later", () => {
    const certificates = made((infrastructure, stack) => {
      infrastructure.count = 2;
      infrastructure.dependsOn = [dependable(proxmox(stack, "first", { trust: false }))];
    });
    expect(certificates).toEqual(both({ count: 2, depends_on: ["ksvla_infrastructure.first"] }));
  });

  test("but keeps what it is given itself", () => {
    const [certificate, key] = made((infrastructure, stack) => {
      infrastructure.provider = new KsvlaProvider(stack, "second", { alias: "second" });
      const [own] = infrastructure.certificates;
      if (own) own.provider = new KsvlaProvider(stack, "third", { alias: "third" });
    });
    expect([certificate?.["provider"], key?.["provider"]]).toEqual(["ksvla.third", "ksvla.second"]);
  });

  test("overrides of meta-arguments, and of the address", () => {
    const certificates = made((infrastructure) => {
      infrastructure.addOverride("provider", "ksvla.second");
      infrastructure.addOverride("timeouts", { create: "1h" });
      infrastructure.addOverride("address", "pve2.example.test:9006");
    });
    expect(certificates).toEqual([
      expect.objectContaining({ provider: "ksvla.second", address: "pve2.example.test:9006" }),
      expect.objectContaining({ provider: "ksvla.second", address: "pve2.example.test:22" }),
    ]);
    expect(certificates[0]).not.toHaveProperty("timeouts");
    const all = resources(synth((stack) => reserve(stack, "reserve").addOverride("address", "other.example.test")));
    expect(all["ksvla_trusted_certificate.reserve_certificate_022F47CC"]).toMatchObject({
      address: "other.example.test:7271",
    });
  });
});

test("an SVM that went elsewhere does not hold its name", () => {
  const result = synth((stack) => {
    const props = {
      image: SvmImage.fromImageId(stack, "image", "1"),
      infrastructure: Infrastructure.fromInfrastructureId(stack, "vcenter", "1"),
      host: new TerraformVariable(stack, "host", {}).stringValue,
      storage: { id: "1" },
      network: { id: "2" },
      name: "svm",
    };
    new Svm(stack, "old", props).moveToId("ksvla_svm.new");
    new Svm(stack, "new", props);
  });
  expect(moves(result)).toEqual(["ksvla_svm.old → ksvla_svm.new"]);
});
