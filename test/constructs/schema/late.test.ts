/** What callers write besides literals, as they write it. */
import { Lazy, TerraformIterator, type TerraformStack, TerraformVariable, Token } from "cdktf";
import {
  Infrastructure,
  type InfrastructureAccount,
  InfrastructureType,
  type KscConnection,
  Secret,
  TrustedCertificate,
} from "../../../constructs";
import {
  KsvlaInfrastructure,
  type KsvlaInfrastructureAdmin,
  KsvlaSvm,
  type KsvlaSvmHostNetworks,
} from "../../../constructs/generated";
import { fleetProblems, svmsOf, synthFleet } from "../fleet/fleet";
import { problems, synth, untyped } from "../synth";

/* biome-ignore-start lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */

const SVM = { name: "svm", infrastructureId: "1", imageId: "1" };
const place = { host: { id: "1" }, storage: { id: "2" }, network: { id: "3" } };

describe("an instance of a class", () => {
  class CompanyKsc implements KscConnection {
    readonly address = "ksc.example.test";
    readonly sslPort = 13999;
    get language(): string {
      return "ru";
    }
  }

  test("is written under Terraform's names, with what its class computes", () => {
    const stack = synthFleet(({ vcenter }) => ({
      ksc: new CompanyKsc(),
      svms: { a: { infrastructure: vcenter, ...place } },
    }));
    expect(svmsOf(stack)["a"]?.["ksc"]).toEqual({ address: "ksc.example.test", ssl_port: 13999, language: "ru" });
  });

  test("is an account", () => {
    class Account implements InfrastructureAccount {
      readonly name = "admin";
      get password(): Secret {
        return Secret.fromVariable("PASSWORD", { version: "2" });
      }
    }
    const { resource } = synth((stack) => {
      new Infrastructure(stack, "esx", {
        type: InfrastructureType.VMWARE,
        address: "esx.example.test",
        admin: new Account(),
      });
    });
    expect(resource?.["ksvla_infrastructure"]?.["esx"]?.["admin"]).toEqual({
      name: "admin",
      password_wo: "${var.PASSWORD}",
      password_wo_version: "2",
    });
  });

  test("with a plain password is refused, whoever it is given to, and stands in no file", () => {
    class Account {
      readonly name = "admin";
      constructor(
        readonly password: string,
        readonly passwordWo = password,
      ) {}
    }
    const admin = new Account("hunter2");
    const wrong = problems((stack) => {
      const rest = { address: "esx.example.test", admin: untyped<InfrastructureAccount>(admin) };
      new Infrastructure(stack, "l2", { type: InfrastructureType.VMWARE, ...rest });
      new KsvlaInfrastructure(stack, "l1", {
        type: "VMWARE",
        ...rest,
        admin: untyped<KsvlaInfrastructureAdmin>(admin),
      });
    });
    expect(wrong).toEqual([
      expect.stringMatching(/^\[stack\/l2] admin\.password: The value must be a Secret, got: plain text/),
      expect.stringMatching(/^\[stack\/l1] admin\.passwordWo: The value must be a Secret, got: plain text/),
      expect.stringMatching(/^\[stack\/l1] admin\.password: There is no attribute "password"/),
    ]);
  });
});

describe("what comes late", () => {
  test("is mapped when it is resolved", () => {
    const { resource } = synth((stack) => {
      const networks = Lazy.anyValue({ produce: () => [{ id: "3", vlanId: Lazy.numberValue({ produce: () => 7 }) }] });
      new KsvlaSvm(stack, "svm", { ...SVM, host: { id: "1", storageId: "2", networks } });
    });
    expect(resource?.["ksvla_svm"]?.["svm"]?.["host"]).toEqual({
      id: "1",
      storage_id: "2",
      networks: [{ id: "3", vlan_id: 7 }],
    });
  });

  test("is checked when it is resolved", () => {
    const wrong = problems((stack) => {
      const networks = Lazy.anyValue({ produce: () => [{ id: "3", vlanId: 4095, vlan: 7 }] });
      new KsvlaSvm(stack, "svm", { ...SVM, host: { id: "1", storageId: "2", networks } });
      new TrustedCertificate(stack, "certificate", { address: Lazy.stringValue({ produce: () => "not an address" }) });
    });
    expect(wrong).toEqual([
      expect.stringMatching(/^\[stack\/svm] host\.networks\[0]\.vlan: There is no attribute "vlan"/),
      expect.stringMatching(/^\[stack\/svm] host\.networks\[0]\.vlanId: The value must be .* 4095/),
      expect.stringMatching(/^\[stack\/certificate] address: The value must be/),
    ]);
  });

  test("and cannot be resolved is told with its path", () => {
    const wrong = problems((stack) => {
      const fail = () => {
        throw new Error("the inventory is empty");
      };
      new TrustedCertificate(stack, "certificate", { address: Lazy.stringValue({ produce: fail }) });
    });
    expect(wrong).toEqual([
      expect.stringMatching(/^\[stack\/certificate] address: The value cannot be resolved: the inventory is empty/),
    ]);
  });

  test("must not be a secret, neither as itself nor as a token of plain text", () => {
    const account = (password: unknown) => (stack: TerraformStack) => {
      new KsvlaInfrastructure(stack, "it", {
        type: "VMWARE",
        address: "esx.example.test",
        admin: untyped<KsvlaInfrastructureAdmin>(password),
      });
    };
    const hunter2 = Lazy.stringValue({ produce: () => "hunter2" });
    expect(problems(account({ name: "a", passwordWo: Secret.fromExpression(hunter2) }))).toEqual([
      expect.stringContaining("[stack/it] admin.passwordWo: The value must be a Secret, got: plain text"),
    ]);
    const late = Lazy.anyValue({ produce: () => ({ name: "a", passwordWo: Secret.fromVariable("PASSWORD") }) });
    expect(problems(account(late))).toEqual([
      expect.stringContaining("[stack/it] admin.passwordWo: A Secret must be there when the construct is made"),
    ]);
  });
});

describe("an iterator's dynamic list", () => {
  const dynamic = (content: object) => (stack: TerraformStack) => {
    const variable = new TerraformVariable(stack, "networks", { type: "any" });
    const iterator = TerraformIterator.fromComplexList(variable.value, "id");
    const networks = iterator.dynamic({ id: iterator.getString("id"), ...content });
    new KsvlaSvm(stack, "svm", { ...SVM, host: { id: "1", storageId: "2", networks } });
  };

  test("keeps every attribute of its elements", () => {
    const iterated = dynamic({
      vlanId: 7,
      static: { address: "10.0.0.5", mask: "255.255.255.0", gateway: "10.0.0.1" },
    });
    expect(synth(iterated).resource?.["ksvla_svm"]?.["svm"]?.["host"]).toMatchObject({
      networks: expect.stringMatching(
        /^\$\{\[ for key, val in .*: \{"id" = val\.id, "vlan_id" = 7, "static" = \{"address" = "10\.0\.0\.5", .*\}\}\]\}$/,
      ),
    });
  });

  test("is checked element by element", () => {
    expect(problems(dynamic({ vlanId: 4095, vlan: 1 }))).toEqual([
      expect.stringMatching(/^\[stack\/svm] host\.networks\[0]\.vlan: There is no attribute/),
      expect.stringMatching(/^\[stack\/svm] host\.networks\[0]\.vlanId: The value must be/),
    ]);
  });
});

test("a list that only Terraform knows is taken whole, and refused among other elements", () => {
  const networks = Token.asList("${var.networks}");
  const svm = (own: unknown) => ({
    ...SVM,
    host: { id: "1", storageId: "2", networks: untyped<KsvlaSvmHostNetworks[]>(own) },
  });
  const { resource } = synth((stack) => new KsvlaSvm(stack, "svm", svm(networks)));
  expect(resource?.["ksvla_svm"]?.["svm"]?.["host"]).toMatchObject({ networks: "${var.networks}" });
  expect(problems((stack) => new KsvlaSvm(stack, "svm", svm([...networks, { id: "3" }])))).toEqual([
    expect.stringMatching(/^\[stack\/svm] host\.networks\[0]: The value mixes elements with a list/),
  ]);
});

test("what JavaScript itself brings is no object with attributes", () => {
  const ksc = untyped<KscConnection>(new Map([["address", "ksc.example.test"]]));
  expect(fleetProblems(({ vcenter }) => ({ ksc, svms: { a: { infrastructure: vcenter, ...place } } }))).toEqual([
    "[stack/fleet/a] ksc: The value must be an object, got: an instance of Map.",
  ]);
});

/* biome-ignore-end lint/suspicious/noTemplateCurlyInString: Terraform's template syntax. */
