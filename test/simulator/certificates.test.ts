import { createHash, X509Certificate } from "node:crypto";
import { type Simulator, startSimulator } from "../../src/simulator";
import { ApiClient } from "./support/api-client";
import { certificate, differences } from "./support/documented-shapes";

const rules = "/sslConfig/certificateValidator/rules";
const vcenter = "vcenter.example.test:443";

let simulator: Simulator;
let client: ApiClient;
beforeEach(async () => {
  simulator = await startSimulator();
  client = await ApiClient.loggedIn(simulator);
});
afterEach(() => simulator.stop());

const tls = (address: string) => client.get(`/sslConfig/getCertificate?address=${address}`);
const ssh = (address: string) => client.get(`/sshConfig/getSshKey?address=${address}`);

test.each([
  ["getCertificate", () => tls("proxmox.example.test:8006")],
  ["getSshKey", () => ssh("proxmox.example.test:22")],
])("%s answers in the documented shape", async (_name, ask) => {
  const answer = await ask();
  expect(answer.status).toBe(200);
  expect(differences(answer.json(), certificate)).toEqual([]);
});

test("the address comes back as it was asked for, with its port", async () => {
  expect((await tls(vcenter)).json().address).toBe(vcenter);
});

test("data is a real certificate of the host, with this thumbprint", async () => {
  const { data, thumbprint } = (await tls(vcenter)).json();
  const parsed = new X509Certificate(Buffer.from(data, "base64"));
  expect(parsed.fingerprint.replaceAll(":", "")).toBe(thumbprint);
  expect(parsed.checkHost("vcenter.example.test")).toBe("vcenter.example.test");
  expect(parsed.verify(parsed.publicKey)).toBe(true);
});

test("data is a real SSH host key, with this thumbprint", async () => {
  const { data, thumbprint } = (await ssh("kvm.example.test:22")).json();
  const blob = Buffer.from(data, "base64");
  expect(blob.subarray(4, 4 + blob.readUInt32BE(0)).toString("ascii")).toBe("ssh-ed25519");
  expect(createHash("sha1").update(blob).digest("hex").toUpperCase()).toBe(thumbprint);
});

test("an added rule answers 201 with an empty body, and accepts the certificate from then on", async () => {
  const { address, thumbprint, viisValidationResult } = (await tls(vcenter)).json();
  expect(viisValidationResult.isAccepted).toBe(false);
  const added = await client.post(rules, { address, thumbprint });
  expect([added.status, added.text]).toEqual([201, ""]);
  expect((await tls(vcenter)).json().viisValidationResult).toEqual({
    isAccepted: true,
    validationWarnings: [],
    validationErrors: [],
  });
});

test("the same rule again is no second one", async () => {
  const { address, thumbprint } = (await tls(vcenter)).json();
  await client.post(rules, { address, thumbprint });
  expect((await client.post(rules, { address, thumbprint })).status).toBe(201);
  expect(simulator.world.trustRules).toHaveLength(1);
});

test("a rotated certificate has another thumbprint and is not accepted", async () => {
  simulator.world.trust(vcenter);
  const before = (await tls(vcenter)).json();
  simulator.world.rotateCertificate(vcenter);
  const after = (await tls(vcenter)).json();
  expect(after.thumbprint).not.toBe(before.thumbprint);
  expect(after.viisValidationResult.isAccepted).toBe(false);
});

test("the same seed gives the same certificates, another seed gives others", async () => {
  const thumbprintWith = async (seed: string) => {
    const other = await startSimulator({ seed });
    await other.stop();
    return other.world.endpoint(vcenter).certificate?.thumbprint;
  };
  const expected = simulator.world.endpoint(vcenter).certificate?.thumbprint;
  expect(await thumbprintWith("ksvla")).toBe(expected);
  expect(await thumbprintWith("other")).not.toBe(expected);
});

test("the answer's address can be without the port", async () => {
  await simulator.stop();
  simulator = await startSimulator({ habits: { certificateAddress: "withoutPort" } });
  client = await ApiClient.loggedIn(simulator);
  expect((await tls(vcenter)).json().address).toBe("vcenter.example.test");
});

test.each(["vcenter.example.test:0", "vcenter.example.test:65536", "2001:db8::1:443", "[2001:db8::g]:443"])(
  "the address %s gives 400 for its form",
  async (address) => {
    const answer = await tls(address);
    expect([answer.status, answer.json().message]).toEqual([400, expect.stringContaining("address must")]);
  },
);

test("an IPv6 address in brackets is an address", async () => {
  expect((await tls("[2001:db8::1]:443")).json().message).toContain("cannot be reached");
});

test.each([
  ["an address without port", () => tls("vcenter.example.test")],
  ["no address", () => client.get("/sslConfig/getCertificate")],
  ["an unknown parameter", () => client.get(`/sslConfig/getCertificate?address=${vcenter}&port=443`)],
  ["an address where nothing is", () => tls("nowhere.example.test:443")],
  ["an SSH address asked for its certificate", () => tls("kvm.example.test:22")],
  ["an HTTPS address asked for its SSH key", () => ssh(vcenter)],
  ["a rule without thumbprint", () => client.post(rules, { address: vcenter })],
  ["a rule whose thumbprint has colons", () => client.post(rules, { address: vcenter, thumbprint: "AA:BB" })],
  [
    "a rule whose address has no port",
    () => client.post(rules, { address: "vcenter.example.test", thumbprint: "A".repeat(40) }),
  ],
  [
    "a rule with an unknown property",
    () => client.post(rules, { address: vcenter, thumbprint: "A".repeat(40), data: "" }),
  ],
])("%s gives 400 with a reason", async (_case, ask) => {
  const answer = await ask();
  expect(answer.status).toBe(400);
  expect(answer.json().message).not.toBe("");
});
