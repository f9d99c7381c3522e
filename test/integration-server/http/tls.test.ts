import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer as createPlainServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import tls, { createServer as createTlsServer } from "node:tls";
import { IntegrationServer, type IntegrationServerOptions, TlsError } from "../../../src/integration-server";
import { Secret } from "../../../src/integration-server/http/secret";
import { makeCertificate, type TestCertificate } from "../../support/certificates";
import { quietLog } from "../../support/quiet-log";
import { FakeServer, PASSWORD, sharedCertificate } from "../fake-server";

const HOUR = 3_600_000;
let authority: TestCertificate;
beforeAll(async () => {
  authority = await makeCertificate({ names: ["Test authority"], authority: true });
});

async function signIn(certificate: TestCertificate, options: Partial<IntegrationServerOptions>): Promise<FakeServer> {
  const server = await FakeServer.start(certificate);
  await server.client({ thumbprint: undefined, ...options }).signIn();
  return server;
}

async function refusal(certificate: TestCertificate, options: Partial<IntegrationServerOptions>): Promise<TlsError> {
  const server = await FakeServer.start(certificate);
  const error = await server
    .client({ thumbprint: undefined, ...options })
    .signIn()
    .catch((reason: unknown) => reason);
  expect(server.tokenRequests).toEqual([]);
  expect(error).toBeInstanceOf(TlsError);
  return error as TlsError;
}

describe("a certificate is accepted", () => {
  it("when the given CA certificate issued it for the server's IP address", async () => {
    const certificate = await makeCertificate({ names: ["127.0.0.1"], issuer: authority });
    expect((await signIn(certificate, { caCertificate: authority.certificate })).tokenRequests).toHaveLength(1);
  });

  it("when the given CA certificate issued it for the server's name", async () => {
    const server = await FakeServer.start(await makeCertificate({ names: ["localhost"], issuer: authority }));
    const address = `https://localhost:${server.port}`;
    await server.client({ address, thumbprint: undefined, caCertificate: authority.certificate }).signIn();
    expect(server.tokenRequests).toHaveLength(1);
  });

  it("when it is self-signed and is itself given as CA certificate", async () => {
    const certificate = await sharedCertificate();
    expect((await signIn(certificate, { caCertificate: certificate.certificate })).tokenRequests).toHaveLength(1);
  });

  it.each(["sha1", "sha256"] as const)(
    "when it has the pinned %s thumbprint, though expired, for another name",
    async (algorithm) => {
      const certificate = await makeCertificate({
        names: ["elsewhere.example.com"],
        notBefore: new Date(Date.now() - 2 * HOUR),
        notAfter: new Date(Date.now() - HOUR),
      });
      expect((await signIn(certificate, { thumbprint: certificate[algorithm] })).tokenRequests).toHaveLength(1);
    },
  );

  it("when an authority that the machine trusts issued it", async () => {
    const roots = join(await mkdtemp(join(tmpdir(), "roots-")), "roots.pem");
    await writeFile(roots, authority.certificate);
    const before = process.env["SSL_CERT_FILE"];
    process.env["SSL_CERT_FILE"] = roots;
    try {
      expect((await signIn(await makeCertificate({ issuer: authority }), {})).tokenRequests).toHaveLength(1);
    } finally {
      if (before === undefined) delete process.env["SSL_CERT_FILE"];
      else process.env["SSL_CERT_FILE"] = before;
      await rm(dirname(roots), { recursive: true });
    }
  });

  it("when the thumbprint is written without colons in lower case", async () => {
    const certificate = await sharedCertificate();
    const thumbprint = certificate.sha256.replaceAll(":", "").toLowerCase();
    expect((await signIn(certificate, { thumbprint })).tokenRequests).toHaveLength(1);
  });

  it("whatever it is, when insecure is set", async () => {
    expect((await signIn(await sharedCertificate(), { insecure: true })).tokenRequests).toHaveLength(1);
  });
});

describe("a certificate is refused, with the reason", () => {
  it("self-signed", async () => {
    expect((await refusal(await sharedCertificate(), {})).reason).toBe("self-signed");
  });

  it("issued by an unknown authority", async () => {
    const certificate = await makeCertificate({ issuer: authority });
    expect((await refusal(certificate, {})).reason).toBe("unknown-issuer");
  });

  it("issued by another authority than the given one", async () => {
    const other = await makeCertificate({ names: ["Other authority"], authority: true });
    const certificate = await makeCertificate({ issuer: authority });
    expect((await refusal(certificate, { caCertificate: other.certificate })).reason).toBe("unknown-issuer");
  });

  it("expired", async () => {
    const certificate = await makeCertificate({ issuer: authority, notAfter: new Date(Date.now() - HOUR) });
    expect((await refusal(certificate, { caCertificate: authority.certificate })).reason).toBe("expired");
  });

  it("not valid yet", async () => {
    const certificate = await makeCertificate({ issuer: authority, notBefore: new Date(Date.now() + HOUR) });
    expect((await refusal(certificate, { caCertificate: authority.certificate })).reason).toBe("not-yet-valid");
  });

  it("issued for another IP address", async () => {
    const certificate = await makeCertificate({ names: ["127.0.0.2"], issuer: authority });
    expect((await refusal(certificate, { caCertificate: authority.certificate })).reason).toBe("name-mismatch");
  });

  it("issued for an IP address, reached by name", async () => {
    const server = await FakeServer.start(await makeCertificate({ names: ["127.0.0.1"], issuer: authority }));
    const options = {
      address: `localhost:${server.port}`,
      thumbprint: undefined,
      caCertificate: authority.certificate,
    };
    await expect(server.client(options).signIn()).rejects.toMatchObject({ reason: "name-mismatch" });
  });

  it("not the pinned one, even when a given CA certificate issued it and insecure is set", async () => {
    const certificate = await makeCertificate({ issuer: authority });
    const options = { thumbprint: authority.sha256, caCertificate: authority.certificate, insecure: true };
    expect((await refusal(certificate, options)).reason).toBe("thumbprint-mismatch");
  });

  it("not the pinned one by SHA-1", async () => {
    expect((await refusal(await sharedCertificate(), { thumbprint: authority.sha1 })).reason).toBe(
      "thumbprint-mismatch",
    );
  });
});

it("shows both thumbprints of a refused certificate and says what to do", async () => {
  const certificate = await sharedCertificate();
  const { message, advice, presented } = await refusal(certificate, {});
  expect(message).toContain(certificate.sha1);
  expect(message).toContain(certificate.sha256);
  expect(presented).toEqual({ sha1: certificate.sha1, sha256: certificate.sha256 });
  expect(advice).toMatch(/set thumbprint.*KSVLA_THUMBPRINT.*ca_certificate/);
});

it("does not try a refused server again", async () => {
  const server = await FakeServer.start();
  await expect(server.client({ thumbprint: authority.sha1 }).signIn()).rejects.toBeInstanceOf(TlsError);
  expect(server.connections).toBe(1);
});

describe("before a certificate is accepted", () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });
  async function listen(server: Server): Promise<IntegrationServer> {
    servers.push(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    return new IntegrationServer({
      address: `127.0.0.1:${address.port}`,
      password: new Secret(PASSWORD),
      log: quietLog(),
    });
  }

  it("not one byte of a request is sent", async () => {
    const { certificate, key } = await sharedCertificate();
    const bytes: Buffer[] = [];
    const server = createTlsServer({ cert: certificate, key }, (socket) => {
      socket.on("data", (chunk: Buffer) => bytes.push(chunk)).on("error", () => undefined);
    });
    const ended = once(server, "connection").then(([socket]: Socket[]) => once(socket!, "close"));
    const client = await listen(server);
    await expect(client.signIn()).rejects.toBeInstanceOf(TlsError);
    await ended;
    expect(Buffer.concat(bytes)).toHaveLength(0);
  });

  it("an older protocol than TLS 1.2 is refused, also where Node.js is told otherwise", async () => {
    const { certificate, key } = await sharedCertificate();
    const old = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
    const client = await listen(createTlsServer({ cert: certificate, key, ...old }));
    const { DEFAULT_MIN_VERSION } = tls;
    tls.DEFAULT_MIN_VERSION = "TLSv1";
    try {
      await expect(client.signIn()).rejects.toMatchObject({ name: "TlsError", reason: "handshake" });
    } finally {
      tls.DEFAULT_MIN_VERSION = DEFAULT_MIN_VERSION;
    }
  });

  it("a server without TLS is told from one that is not there", async () => {
    const client = await listen(
      createPlainServer((socket) => socket.on("error", () => undefined).end("220 hello\r\n")),
    );
    await expect(client.signIn()).rejects.toMatchObject({ name: "TlsError", reason: "handshake" });
  });
});
