import { inspect } from "node:util";
import type { LogFields, Logger } from "../../../src/integration-server";
import { Secret } from "../../../src/integration-server/http/secret";
import { Redactor } from "../../../src/terraform/plugin/redaction";
import { FakeServer, type Handler, PASSWORD, TOKEN } from "../fake-server";

const HYPERVISOR_PASSWORD = 'hyper "visor" pässword';
const encoded = (text: string): string => Buffer.from(text).toString("base64");
const SECRETS = [
  PASSWORD,
  encoded(PASSWORD),
  encoded(`admin:${PASSWORD}`),
  TOKEN,
  HYPERVISOR_PASSWORD,
  JSON.stringify(HYPERVISOR_PASSWORD).slice(1, -1),
  encoded(HYPERVISOR_PASSWORD),
];
const infrastructure = {
  type: "VMWARE",
  address: "vc",
  admin: { name: "root", password: new Secret(HYPERVISOR_PASSWORD) },
} as const;

/** Everything about a value that a log or a debugger could show. */
const shown = (value: unknown): string =>
  inspect(value, { depth: 20, showHidden: true, maxArrayLength: null, maxStringLength: null });

function expectNoSecret(text: string): void {
  for (const secret of SECRETS) expect(text).not.toContain(secret);
}

/** An unkind server: it repeats the whole request in its answer. */
const echo =
  (status: number): Handler =>
  ({ headers, body }) => ({ status, body: { message: `cannot do ${headers.authorization} ${body}` } });

class Recorder implements Logger {
  readonly secrets = new Redactor();
  readonly lines: unknown[] = [];
  readonly #record = (message: string, fields?: LogFields): void => {
    this.lines.push([message, fields]);
  };
  readonly trace = this.#record;
  readonly debug = this.#record;
  readonly info = this.#record;
  readonly warn = this.#record;
  readonly error = this.#record;
}

it("the client shows no secret when inspected, signed in or not", async () => {
  const server = await FakeServer.start();
  const client = server.client();
  expectNoSecret(shown(client));
  await client.signIn();
  expectNoSecret(shown(client));
});

it("an error of the server shows no secret, though the server repeats the request", async () => {
  const server = (await FakeServer.start()).on("POST /api/3.0/infrastructures", echo(400));
  const error = await server
    .client()
    .infrastructures.create(infrastructure)
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: "ApiError", status: 400 });
  expectNoSecret(shown(error));
});

it("a refused password shows no secret, though the server repeats the request", async () => {
  const server = await FakeServer.start();
  server.signIn = echo(401);
  const error = await server
    .client()
    .signIn()
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: "AuthenticationError" });
  expectNoSecret(shown(error));
});

it("a lost answer shows no secret, its cause included", async () => {
  const server = (await FakeServer.start()).on("POST /api/3.0/infrastructures", (_, response) => {
    response.destroy();
    return undefined;
  });
  const error = await server
    .client()
    .infrastructures.create(infrastructure)
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: "AnswerLostError" });
  expectNoSecret(shown(error));
});

it("a malformed answer shows no secret that it holds", async () => {
  const server = await FakeServer.start();
  server.signIn = () => ({ body: { accessToken: TOKEN } });
  const error = await server
    .client()
    .signIn()
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: "MalformedAnswerError" });
  expectNoSecret(shown(error));
});

it("the log shows calls and outcomes, and no secret", async () => {
  const log = new Recorder();
  const server = (await FakeServer.start()).on("POST /api/3.0/infrastructures", echo(400));
  await expect(server.client({ log }).infrastructures.create(infrastructure)).rejects.toThrow();
  expect(shown(log.lines)).toContain("POST /api/3.0/infrastructures");
  expectNoSecret(shown(log.lines));
});
