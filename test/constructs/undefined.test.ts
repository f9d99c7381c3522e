/** An explicit undefined, which JavaScript and a loose compiler let pass, is as if it were not there. */
import type { TerraformStack } from "cdktf";
import {
  Host,
  Infrastructure,
  InfrastructureType,
  KsvlaProvider,
  OpenStackProject,
  ReserveServer,
  Secret,
  SvmDeployment,
  type SvmDeploymentProps,
  SvmImage,
  TrustedCertificate,
} from "../../constructs";
import { KsvlaSvm } from "../../constructs/generated";
import { LifecycleHook } from "../../constructs/hook";
import { fleetProblems, svmsOf, synthFleet } from "./fleet/fleet";
import { problems, synth, untyped } from "./synth";

type Values = Readonly<Record<string, unknown>>;

/** The same with an undefined for each of the names that are not there, in every object however deep. */
function sprinkled(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((each) => sprinkled(each, names));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const deep = Object.entries(value).map(([name, each]) => [name, sprinkled(each, names)] as const);
  return { ...Object.fromEntries(names.map((name) => [name, undefined])), ...Object.fromEntries(deep) };
}

const klconfig = { password: Secret.fromVariable("KLCONFIG", { version: "1" }) };
const SETTINGS = {
  ksc: { address: "ksc.example.test" },
  dns: { main: "10.0.0.2" },
  root: { allowSsh: true, password: Secret.fromVariable("ROOT") },
  klconfig,
  settingsVersion: "1",
  timeouts: { create: "2h" },
  lifecycle: { preventDestroy: true },
};

describe("an SVM's explicit undefined", () => {
  const place = (vcenter: unknown) => ({ infrastructure: vcenter, host: "esx-01", storage: "ds1", network: "Servers" });
  const with_ = (own: Values, shared: Values = SETTINGS) =>
    synthFleet(({ vcenter, stack }) =>
      untyped<Partial<SvmDeploymentProps>>({
        ...shared,
        ...("provider" in shared && { provider: new KsvlaProvider(stack, "second", { alias: "second" }) }),
        svms: { a: { ...place(vcenter), ...own } },
      }),
    );

  test.each(Object.keys(SETTINGS))("erases nothing that the fleet shares: %s", (name) => {
    expect(svmsOf(with_({ [name]: undefined }))).toEqual(svmsOf(with_({})));
  });

  test("leaves it on the fleet's Integration Server, with its look-ups", () => {
    const shared = { ...SETTINGS, provider: true };
    const result = with_({ provider: undefined }, shared);
    expect(result).toEqual(with_({}, shared));
    expect(svmsOf(result)["a"]).toHaveProperty("provider", "ksvla.second");
  });

  test("in lifecycle erases nothing of it", () => {
    const result = with_({ lifecycle: { preventDestroy: undefined, createBeforeDestroy: undefined } });
    expect(svmsOf(result)).toEqual(svmsOf(with_({})));
  });

  test("of the whole SVM means that there is none", () => {
    const svms = (more: Values) =>
      synthFleet(({ vcenter }) => untyped<Partial<SvmDeploymentProps>>({ svms: { a: place(vcenter), ...more } }));
    expect(svms({ b: undefined })).toEqual(svms({}));
  });

  test("under a name that does not exist is no problem", () => {
    const wrong = fleetProblems(({ vcenter }) =>
      untyped<Partial<SvmDeploymentProps>>({ colour: undefined, svms: { a: { ...place(vcenter), size: undefined } } }),
    );
    expect(wrong).toEqual([]);
  });
});

/** One of everything, written with the function. */
function everything(stack: TerraformStack, props: <T>(props: T) => T): void {
  const account = { name: "admin", password: Secret.fromVariable("PASSWORD", props({ version: "1" })) };
  const infrastructure = new Infrastructure(
    stack,
    "cloud",
    props({
      type: InfrastructureType.OPENSTACK,
      address: "cloud.example.test",
      admin: { ...account, domain: "Default" },
      openstack: { protocol: "https" as const },
      trust: { microservices: [{ address: "nova.example.test:8774" }] },
      timeouts: { create: "20m" },
    }),
  );
  new KsvlaProvider(stack, "other", props({ alias: "other", address: "viis.example.test" }));
  new TrustedCertificate(stack, "certificate", props({ address: "a.example.test" }));
  new ReserveServer(stack, "reserve", props({ address: "b.example.test", password: account.password, trust: {} }));
  const image = new SvmImage(stack, "image", props({ manifestPath: "/a.xml", infrastructures: [infrastructure] }));
  const project = new OpenStackProject(stack, "project", props({ infrastructure, name: "security" }));
  const vcenter = Infrastructure.fromInfrastructureId(stack, "vcenter", "1");
  const named = props({ infrastructure: vcenter, name: "esx-01", require: { networks: ["Servers"] } });
  const host = new Host(stack, "host", named);
  const openstack = { infrastructure, flavor: "medium" };
  const fleet = new SvmDeployment(
    stack,
    "fleet",
    props({
      image,
      ...SETTINGS,
      svms: {
        a: { infrastructure: vcenter, host, storage: "ds1", network: "Servers" },
        b: { ...openstack, project, networks: [{ network: "Servers", ports: [{ vlanId: 7 }] }] },
        c: { ...openstack, project: "other", networks: [{ network: "Servers" }] },
      },
    }),
  );
  new KsvlaSvm(
    stack,
    "svm",
    props({
      name: "svm",
      infrastructureId: infrastructure.id,
      imageId: image.id,
      host: { id: "1", storageId: "2", networks: [{ id: "3" }] },
    }),
  );
  new LifecycleHook(
    stack,
    "hook",
    props({ resource: fleet.svm("a"), afterCreate: "true", environment: { A: "b" }, triggers: { c: "d" } }),
  );
}

test("an undefined at any place of any construct changes nothing", () => {
  const names = [
    "provider",
    "dependsOn",
    "lifecycle",
    "timeouts",
    "thumbprint",
    "description",
    "version",
    "domain",
    "region",
    "readOnly",
    "trust",
    "assignRole",
    "upgrade",
    "name",
    "dns",
    "host",
    "project",
    "network",
    "networks",
    "static",
    "primary",
    "vlanId",
    "securityGroups",
    "availabilityZone",
    "update",
    "password",
    "currentPassword",
    "language",
    "onFailure",
    "interpreter",
    "unknown",
  ];
  const with_ = (props: <T>(props: T) => T) => (stack: TerraformStack) => everything(stack, props);
  const plain = with_((props) => props);
  const undefinedEverywhere = with_(<T>(props: T) => untyped<T>(sprinkled(props, names)));
  expect(problems(plain)).toEqual([]);
  expect(problems(undefinedEverywhere)).toEqual([]);
  expect(synth(undefinedEverywhere)).toEqual(synth(plain));
});
