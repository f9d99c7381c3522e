import { inspect } from "node:util";
import type { LogFields, Logger } from "../../../src/integration-server";
import { Secret } from "../../../src/integration-server/http/secret";
import { Redactor } from "../../../src/terraform/plugin/redaction";
import { SvmServer, type SvmServerOptions, subtask } from "./svm-server";
import { deployment } from "./svm-specs";

const PASSWORDS = { root: 'r00t "pässword"', klconfig: "k1config-passw0rd", current: "current-passw0rd" };
const shown = (value: unknown): string =>
  inspect(value, { depth: 20, showHidden: true, maxArrayLength: null, maxStringLength: null });

function expectNoSecret(value: unknown): void {
  const text = shown(value);
  for (const password of Object.values(PASSWORDS)) {
    const forms = [password, JSON.stringify(password).slice(1, -1), Buffer.from(password).toString("base64")];
    for (const form of forms) expect(text).not.toContain(form);
  }
}

class Recorder implements Logger {
  readonly secrets = new Redactor();
  readonly lines: unknown[] = [];
  readonly #record = (message: string, fields?: LogFields): void => void this.lines.push([message, fields]);
  readonly trace = this.#record;
  readonly debug = this.#record;
  readonly info = this.#record;
  readonly warn = this.#record;
  readonly error = this.#record;
}

const accounts = {
  root: { allowSsh: false, password: new Secret(PASSWORDS.root) },
  klconfig: { password: new Secret(PASSWORDS.klconfig) },
};
const target = { type: "host", infrastructureId: "i-1", locationId: "h-1", svmId: "v-1" } as const;

/** Deploys two SVMs and reconfigures one at a server; the errors, with everything that was logged. */
async function work(options: SvmServerOptions) {
  const server = await SvmServer.start(options);
  const log = new Recorder();
  const client = server.client({ log });
  const results = await Promise.allSettled([
    client.svms.deploy(deployment("svm-0", accounts)),
    client.svms.deploy(deployment("svm-1", accounts)),
    client.svms.reconfigure({ target, currentPassword: new Secret(PASSWORDS.current), ...accounts }),
  ]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  return { results, log, client };
}

it("a refusal that repeats the request shows no password", async () => {
  expectNoSecret(await work({ refuse: (_, { body }) => ({ status: 400, body: { message: `cannot do ${body}` } }) }));
});

it("a failure that repeats the request's passwords does not show them", async () => {
  const looks: SvmServerOptions["looks"] = (svms) => {
    const error = `cannot set ${JSON.stringify(PASSWORDS)} to ${PASSWORDS.root}`;
    return [{ state: "Failed", error, children: svms.map((svm) => subtask(svm, "Failed", { error })) }];
  };
  const done = await work({ looks });
  expect(done.results[0]).toMatchObject({ reason: { message: expect.stringContaining("to ***") } });
  expectNoSecret(done);
});

it("a lost answer shows no password", async () => {
  expectNoSecret(await work({ answer: (response) => void response.destroy() }));
});
