import { hostSchema } from "../../src/data-sources/host/schema";
import { infrastructureObjectsSchema } from "../../src/data-sources/infrastructure-objects/schema";
import { openstackConnectionTestSchema } from "../../src/data-sources/openstack-connection-test/schema";
import { openstackProjectSchema } from "../../src/data-sources/openstack-project/schema";
import { infrastructureSchema } from "../../src/resources/infrastructure/schema";
import { infrastructureTypes } from "../../src/resources/shared/schema/infrastructure-types";
import { trustedCertificateSchema } from "../../src/resources/trusted-certificate/schema";
import { type Attributes, type Schema, UNKNOWN } from "../../src/terraform";
import { validateConfig } from "../../src/terraform/schema/validate";
import { renderPath } from "../../src/terraform/values/path";

const ADMIN = { name: "admin", passwordWo: "secret" };
const CLOUD_ADMIN = { ...ADMIN, domain: "Default" };
const VMWARE = { type: "VMWARE", address: "vc", admin: ADMIN };
const OPENSTACK = { type: "OPENSTACK", address: "ks", openstack: { protocol: "https" }, admin: CLOUD_ADMIN };
const PROJECT = { infrastructureId: "1", name: "security" };

function problemsOf<A extends Attributes>(schema: Schema<A>, config: Readonly<Record<string, unknown>>): string[] {
  return validateConfig(schema, config).map(({ path, message }) => `${renderPath(path)}: ${message}`);
}

test("there are the fifteen documented types", () => {
  expect(infrastructureTypes).toHaveLength(15);
});

test.each([
  ["ksvla_infrastructure", infrastructureSchema, VMWARE],
  ["ksvla_infrastructure of OpenStack", infrastructureSchema, OPENSTACK],
  [
    "ksvla_infrastructure with unknown values",
    infrastructureSchema,
    { type: UNKNOWN, address: UNKNOWN, admin: UNKNOWN },
  ],
  [
    "ksvla_infrastructure with an unknown account",
    infrastructureSchema,
    { ...OPENSTACK, openstack: UNKNOWN, admin: { ...ADMIN, domain: UNKNOWN } },
  ],
  ["ksvla_trusted_certificate", trustedCertificateSchema, { address: "kvm", protocol: "ssh" }],
  ["ksvla_host", hostSchema, { infrastructureId: "1", name: "esx-01" }],
  ["ksvla_host with an unknown name", hostSchema, { infrastructureId: UNKNOWN, name: UNKNOWN, id: UNKNOWN }],
  ["ksvla_openstack_project", openstackProjectSchema, { ...PROJECT, domain: "Default" }],
])("%s has nothing to say about a right configuration", (_, schema, config) => {
  expect(problemsOf(schema as Schema, config)).toEqual([]);
});

test.each([
  ["an unknown type", infrastructureSchema, { ...VMWARE, type: "VMWAER" }, [/^type: .*VMWARE/]],
  [
    "the image chapter's spelling of Numa",
    infrastructureSchema,
    { ...VMWARE, type: "NUMAVERSER" },
    [/^type: .*NUMAVSERVER/],
  ],
  ["a URL", infrastructureSchema, { ...VMWARE, address: "https://vc/sdk" }, [/^address: .*Write it as "vc"/]],
  ["no openstack", infrastructureSchema, { ...OPENSTACK, openstack: null }, [/^openstack: .*needs openstack/]],
  [
    "openstack for others",
    infrastructureSchema,
    { ...VMWARE, openstack: { protocol: "http" } },
    [/^openstack: .*VMWARE/],
  ],
  ["no domain", infrastructureSchema, { ...OPENSTACK, readOnly: ADMIN }, [/^read_only\.domain: .*set domain/]],
  ["a domain for others", infrastructureSchema, { ...VMWARE, admin: CLOUD_ADMIN }, [/^admin\.domain: .*remove domain/]],
  [
    "an empty password",
    infrastructureSchema,
    { ...VMWARE, admin: { ...ADMIN, passwordWo: "" } },
    [/^admin\.password_wo: /],
  ],
  ["a bad timeout", infrastructureSchema, { ...VMWARE, timeouts: { create: "soon" } }, [/^timeouts\.create: .*"90s"/]],
  ["another protocol", trustedCertificateSchema, { address: "vc", protocol: "http" }, [/^protocol: /]],
  ["a bad thumbprint", trustedCertificateSchema, { address: "vc", thumbprint: "ab" }, [/^thumbprint: .*got: "ab"/]],
  ["neither name nor id", hostSchema, { infrastructureId: "1" }, [/^name: .*either name or id/]],
  ["name and id", openstackProjectSchema, { ...PROJECT, id: "2" }, [/^id: .*not both/]],
  [
    "an empty infrastructure id",
    hostSchema,
    { infrastructureId: "", name: "x" },
    [/^infrastructure_id: .*must not be empty/],
  ],
  [
    "an empty set of types",
    infrastructureObjectsSchema,
    { infrastructureId: "1", types: [] },
    [/^types: .*at least one/],
  ],
  ["id and domain", openstackProjectSchema, { infrastructureId: "1", id: "2", domain: "Default" }, [/^domain: /]],
  [
    "a hypervisor's type",
    openstackConnectionTestSchema,
    { ...OPENSTACK, type: "VMWARE", admin: { name: "admin", password: "secret", domain: "Default" } },
    [/^type: /],
  ],
])("%s is refused with one problem", (_, schema, config, expected) => {
  const problems = problemsOf(schema as Schema, config);

  expect(problems).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
});
