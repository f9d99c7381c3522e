import { FakeServer } from "../fake-server";

const presented = {
  thumbprint: "AB:CD",
  data: "MIIB",
  viisValidationResult: { isAccepted: true, validationWarnings: [], validationErrors: [] },
};

it.each([
  ["https", { host: "vc.example.com", port: 443 }, "sslConfig/getCertificate?address=vc.example.com:443"],
  ["ssh", { host: "10.0.0.7", port: 22 }, "sshConfig/getSshKey?address=10.0.0.7:22"],
  ["https", { host: "2001:db8::5", port: 8006 }, "sslConfig/getCertificate?address=%5B2001:db8::5%5D:8006"],
  ["https", { host: "сервер", port: 1 }, "sslConfig/getCertificate?address=%D1%81%D0%B5%D1%80%D0%B2%D0%B5%D1%80:1"],
] as const)("asks over %s for what %j presents", async (protocol, address, url) => {
  const server = (await FakeServer.start()).on(`GET /api/3.0/${url}`, { body: presented });
  expect(await server.client().certificates.present(address, protocol)).toEqual({
    thumbprint: "AB:CD",
    data: "MIIB",
    accepted: true,
    validationWarnings: [],
    validationErrors: [],
  });
});

describe("an answer about a certificate", () => {
  const url = "GET /api/3.0/sslConfig/getCertificate?address=vc:443";
  const address = { host: "vc", port: 443 };

  it("shows remarks in whatever form they come", async () => {
    const remarks = { isAccepted: false, validationWarnings: ["weak key"], validationErrors: [{ code: 7 }] };
    const server = (await FakeServer.start()).on(url, { body: { ...presented, viisValidationResult: remarks } });
    expect(await server.client().certificates.present(address, "https")).toMatchObject({
      accepted: false,
      validationWarnings: ["weak key"],
      validationErrors: ['{"code":7}'],
    });
  });

  it.each(["vc", "VC:443", "vc.:443", undefined])("may write the address as %p", async (written) => {
    const server = (await FakeServer.start()).on(url, { body: { ...presented, address: written } });
    expect(await server.client().certificates.present(address, "https")).toMatchObject({ thumbprint: "AB:CD" });
  });

  it.each(["vc2:443", "vc:8443", "127.0.0.1"])("about %s is none: no thumbprint is taken from it", async (other) => {
    const answers = [{ body: { ...presented, address: other, thumbprint: "EF" } }, { body: presented }];
    const server = (await FakeServer.start()).on(url, ...answers);
    expect(await server.client().certificates.present(address, "https")).toMatchObject({ thumbprint: "AB:CD" });

    server.on(url, ...answers.slice(0, 1));
    await expect(server.client().certificates.present(address, "https")).rejects.toMatchObject({ flaw: "foreign" });
  });

  it("counts as not accepted without a validation result", async () => {
    const server = (await FakeServer.start()).on(url, { body: { address: "vc:443", thumbprint: "AB" } });
    expect(await server.client().certificates.present(address, "https")).toMatchObject({ accepted: false, data: "" });
  });
});

it("adds a trust rule, and an empty answer is fine", async () => {
  const server = (await FakeServer.start()).on("POST /api/3.0/sslConfig/certificateValidator/rules", { status: 201 });
  await server.client().certificates.trust({ address: { host: "::1", port: 443 }, thumbprint: "AB:CD" });
  expect(JSON.parse(server.received[0]!.body)).toEqual({ address: "[::1]:443", thumbprint: "AB:CD" });
});
