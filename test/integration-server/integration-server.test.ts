import { IntegrationServer, type IntegrationServerOptions } from "../../src/integration-server";
import { Secret } from "../../src/integration-server/http/secret";
import type { RedactingLogger } from "../../src/terraform";
import { quietLog } from "../support/quiet-log";

const make = (options: Partial<IntegrationServerOptions> = {}): IntegrationServer =>
  new IntegrationServer({ address: "viis", password: new Secret("p"), log: quietLog(), ...options });

it("listens on port 7271 unless told otherwise", () => {
  expect([make().address, make({ address: "viis:443" }).address]).toEqual([
    { host: "viis", port: 7271 },
    { host: "viis", port: 443 },
  ]);
});

it.each<[string, Partial<IntegrationServerOptions>]>([
  ["address", { address: "http://viis" }],
  ["thumbprint", { thumbprint: "AB:CD" }],
  ["caCertificate", { caCertificate: "/etc/ssl/ca.pem" }],
  ["caCertificate", { caCertificate: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----" }],
  ["username", { username: "a:b" }],
])("refuses an impossible %s at once", (argument, options) => {
  expect(() => make(options)).toThrow(expect.objectContaining({ name: "InvalidArgumentError", argument }));
});

it("warns when certificates are not verified", () => {
  const log = { ...quietLog(), warn: jest.fn() };
  make({ insecure: true, log });
  expect(log.warn).toHaveBeenCalledWith(expect.stringContaining("not verified"), { server: "viis:7271" });
});

it("logs with what Terraform's plugin logs with", () => {
  const withLogger = (log: RedactingLogger): IntegrationServer => make({ log });
  expect(withLogger).toBeInstanceOf(Function);
});
