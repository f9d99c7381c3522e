import type { AccountConnection, ConnectionTest, Microservice } from "../../../src/integration-server";
import { connectionProblems } from "../../../src/resources/shared/connection-problems";

const CONNECTED: AccountConnection = {
  status: "CONNECTED",
  error: "NO_ERROR",
  errorMessage: undefined,
  primaryServerAddress: undefined,
};
const failed = (error: string, more: Partial<AccountConnection> = {}): AccountConnection => ({
  ...CONNECTED,
  status: "DISCONNECTED",
  error,
  ...more,
});
const GLANCE: Microservice = {
  region: "RegionOne",
  service: "glance",
  address: "192.0.2.1:9292",
  protocol: "https",
  version: "2.9",
  status: "CONNECTED",
  error: "NO_ERROR",
};

function problems(
  test: { readonly type?: string; readonly address?: string; readonly microservices?: readonly Microservice[] },
  admin: AccountConnection,
  readOnly?: AccountConnection,
) {
  const { type = "VMWARE", address = "server.example.test", microservices = [] } = test;
  const whole: ConnectionTest = {
    type,
    address,
    openstack: undefined,
    name: undefined,
    displayName: undefined,
    version: undefined,
    edition: undefined,
    connection: { admin, readOnly },
    microservices,
  };
  return connectionProblems(whole, { address, admin: "root", readOnly: "viewer" });
}

test("a connection without an error has no problems", () => {
  expect(problems({}, CONNECTED, CONNECTED)).toEqual([]);
});

test("a connection that is down without an error is a problem", () => {
  expect(problems({}, failed("NO_ERROR"))).toMatchObject([
    {
      detail: expect.stringContaining(
        'reports DISCONNECTED and no error for the admin account "root". Look into the log',
      ),
    },
  ]);
});

test("what is down without an error is not told beside what explains it", () => {
  expect(problems({}, failed("UNAUTHORIZED"), failed("NO_ERROR"))).toHaveLength(1);
});

test("a connection that is being made has no problems", () => {
  expect(problems({}, { ...CONNECTED, status: "CONNECTING" })).toEqual([]);
});

test.each([
  ["SERVER_ERROR", "address", /of type VMWARE/],
  ["NETWORK_ERROR", "address", /firewalls/],
  ["INVALID_CERTIFICATE", "address", /ksvla_trusted_certificate/],
  ["ACCESS_DENIED", "admin", /lacks rights/],
  ["UNAUTHORIZED", "admin", /name and password/],
  ["SOMETHING_NEW", "address", /log of the Integration Server/],
])("%s blames %s and says what to do", (error, attribute, advice) => {
  const [problem, ...others] = problems({}, failed(error, { errorMessage: "In the server's words" }));

  expect(problem).toMatchObject({
    summary: "Unable to connect to VMware vSphere at server.example.test",
    detail: expect.stringContaining(`reports ${error} for the admin account "root". In the server's words. `),
    path: [attribute],
  });
  expect(problem?.detail).toMatch(advice);
  expect(others).toEqual([]);
});

test.each(["XEN", "NUMAVSERVER"])("a secondary of type %s names the primary address to use", (type) => {
  const [problem] = problems({ type }, failed("NETWORK_ERROR", { primaryServerAddress: "10.0.0.1" }));

  expect(problem).toMatchObject({ detail: expect.stringContaining('address = "10.0.0.1"'), path: ["address"] });
});

test.each([
  ["VMWARE", "vc", ['"vc:443" https']],
  ["VMWARE", "vc:8443", ['"vc:8443" https']],
  ["NUTANIXPRISM", "[2001:db8::5]", ['"[2001:db8::5]:9440" https']],
  ["LIBVIRT", "kvm", ['"kvm:22" ssh']],
  ["PROXMOX", "pve:9006", ['"pve:9006" https', '"pve:22" ssh']],
  ["OPENSTACK", "keystone", ['"keystone:5000" https']],
])("an untrusted certificate of type %s at %s gives resources to paste", (type, address, expected) => {
  const [problem] = problems({ type, address }, failed("INVALID_CERTIFICATE"));

  const resources = [...(problem?.detail ?? "").matchAll(/address {2}= (".*")\n +protocol = "(.*)"/g)];
  expect(resources.map(([, place, protocol]) => `${place} ${protocol}`)).toEqual(expected);
});

test("what fails for both accounts because of the server is one problem", () => {
  const result = problems({}, failed("NETWORK_ERROR"), failed("NETWORK_ERROR"));

  expect(result.map(({ detail }) => detail)).toEqual([
    expect.stringContaining('for the admin account "root" and the read-only account "viewer"'),
  ]);
});

test("what is wrong with each account is a problem of its own", () => {
  const result = problems({}, failed("UNAUTHORIZED"), failed("UNAUTHORIZED"));

  expect(result.map(({ path }) => path)).toEqual([["admin"], ["readOnly"]]);
});

test.each([
  ["INVALID_CERTIFICATE", /address {2}= "192\.0\.2\.1:9292"/],
  ["NETWORK_ERROR", /firewalls/],
  ["SERVER_ERROR", /log of glance/],
  ["ACCESS_DENIED", /roles in OpenStack/],
  ["UNAUTHORIZED", /roles in OpenStack/],
])("a microservice with %s is one problem that says what to do", (error, advice) => {
  const microservices = [GLANCE, { ...GLANCE, status: "DISCONNECTED", error }];

  const [problem, ...others] = problems({ type: "OPENSTACK", microservices }, CONNECTED);

  expect(problem?.summary).toBe("Unable to connect to the OpenStack microservice glance at 192.0.2.1:9292");
  expect(problem?.detail).toMatch(advice);
  expect(others).toEqual([]);
});
