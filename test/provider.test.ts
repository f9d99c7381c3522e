import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ksvla } from "../src/provider";
import { clientOptions } from "../src/provider-settings";
import { type Simulator, startSimulator } from "../src/simulator";
import type { Diagnostic } from "../src/terraform";
import { assertSchema } from "../src/terraform/schema/assert-schema";
import { quietLog } from "./support/quiet-log";

type ProviderConfig = Parameters<typeof ksvla.configure>[0]["config"];

const NOTHING: ProviderConfig = {
  address: null,
  username: null,
  password: null,
  caCertificate: null,
  thumbprint: null,
  insecure: null,
  requestTimeout: null,
  pollInterval: null,
  svmConcurrency: null,
  journalDirectory: null,
};
const NEEDED = { ...NOTHING, address: "viis", password: "secret" };
const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

/** The client's options, with the password as text. */
async function readOptions(...given: Parameters<typeof clientOptions>) {
  const options = await clientOptions(...given);
  return { ...options, password: options.password.reveal(quietLog().secrets) };
}

describe("settings", () => {
  test("come from the configuration", async () => {
    const configured = {
      ...NEEDED,
      username: "operator",
      caCertificate: PEM,
      thumbprint: "ab".repeat(20),
      insecure: false,
      requestTimeout: "90s",
      pollInterval: "500ms",
      svmConcurrency: 3,
    };

    const { journalDirectory: _, ...ofClient } = configured;
    expect(await readOptions(configured, {})).toEqual({ ...ofClient, requestTimeout: 90_000, pollInterval: 500 });
  });

  test("come from the environment where the configuration has none", async () => {
    const environment = {
      KSVLA_ADDRESS: "viis",
      KSVLA_USERNAME: "operator",
      KSVLA_PASSWORD: "secret",
      KSVLA_CA_CERTIFICATE: PEM,
      KSVLA_THUMBPRINT: "ab".repeat(20),
      KSVLA_INSECURE: "true",
    };

    expect(await readOptions(NOTHING, environment)).toMatchObject({
      address: "viis",
      username: "operator",
      password: "secret",
      caCertificate: PEM,
      thumbprint: "ab".repeat(20),
      insecure: true,
    });
  });

  test("of the configuration win over the environment", async () => {
    const environment = { KSVLA_ADDRESS: "other", KSVLA_PASSWORD: "other", KSVLA_INSECURE: "true" };

    expect(await readOptions({ ...NEEDED, insecure: false }, environment)).toMatchObject({
      address: "viis",
      password: "secret",
      insecure: false,
    });
  });

  test.each([
    ["address", { ...NEEDED, address: null }, "KSVLA_ADDRESS"],
    ["password", { ...NEEDED, password: null }, "KSVLA_PASSWORD"],
  ])("without %s are an error that names both ways to set it", async (name, config, variable) => {
    await expect(clientOptions(config, { [variable]: "" })).rejects.toMatchObject({
      detail: expect.stringMatching(new RegExp(`Set ${name} in the configuration.*${variable}`)),
      path: [name],
    });
  });

  test.each([
    ["KSVLA_ADDRESS", "http://viis", /https URL/],
    ["KSVLA_THUMBPRINT", "ab", /40 hexadecimal digits/],
    ["KSVLA_INSECURE", "yes", /"true" or "false"/],
  ])("from a wrong %s are an error that names the variable", async (variable, value, detail) => {
    await expect(
      clientOptions({ ...NEEDED, address: null }, { KSVLA_ADDRESS: "viis", [variable]: value }),
    ).rejects.toMatchObject({
      summary: `Invalid value of ${variable}`,
      detail: expect.stringMatching(detail),
    });
  });

  test("from a wrong KSVLA_PASSWORD are an error that does not show it", async () => {
    const environment = { KSVLA_PASSWORD: "пароль" };

    await expect(clientOptions({ ...NEEDED, password: null }, environment)).rejects.toMatchObject({
      detail: expect.not.stringContaining("пароль"),
    });
  });

  describe("with a CA certificate in a file", () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "ksvla-"));
    });
    afterEach(() => rm(folder, { recursive: true }));

    test("hold its text", async () => {
      await writeFile(join(folder, "ca.pem"), PEM);

      const { caCertificate } = await clientOptions({ ...NEEDED, caCertificate: join(folder, "ca.pem") }, {});

      expect(caCertificate).toBe(PEM);
    });

    test("are an error when there is no such file", async () => {
      await expect(clientOptions({ ...NEEDED, caCertificate: join(folder, "no.pem") }, {})).rejects.toMatchObject({
        detail: expect.stringContaining("no.pem"),
        path: ["caCertificate"],
      });
    });

    test("are an error when it holds no certificate", async () => {
      await writeFile(join(folder, "ca.pem"), "nothing");

      await expect(clientOptions({ ...NEEDED, caCertificate: join(folder, "ca.pem") }, {})).rejects.toMatchObject({
        detail: expect.stringContaining("holds no certificate"),
      });
    });
  });
});

describe("configure", () => {
  let simulator: Simulator;
  let warnings: Omit<Diagnostic, "severity">[];
  let folder: string;
  beforeEach(async () => {
    simulator = await startSimulator();
    warnings = [];
    folder = await mkdtemp(join(tmpdir(), "ksvla-"));
    process.env["TF_DATA_DIR"] = join(folder, "data");
  });
  afterEach(async () => {
    delete process.env["TF_DATA_DIR"];
    delete process.env["KSVLA_JOURNAL_DIRECTORY"];
    await simulator.stop();
    await rm(folder, { recursive: true });
  });

  const configure = (config: Partial<ProviderConfig>) =>
    ksvla.configure({
      config: { ...NOTHING, address: simulator.address, password: simulator.password, ...config },
      terraformVersion: "1.11.4",
      signal: new AbortController().signal,
      timeout: undefined,
      log: quietLog(),
      warn: (warning) => warnings.push(warning),
    });

  test("signs in once", async () => {
    await configure({ caCertificate: simulator.caCertificate });

    expect(simulator.requests.all.map(({ path }) => path)).toEqual(["/api/3.0/auth/tokens"]);
    expect(warnings).toEqual([]);
  });

  test("with a wrong password is one error from one attempt", async () => {
    await expect(configure({ caCertificate: simulator.caCertificate, password: "wrong" })).rejects.toMatchObject({
      summary: `Unable to sign in to the Integration Server at ${simulator.address}`,
      detail: expect.stringContaining("does not accept the username and password"),
    });
    expect(simulator.requests.all).toHaveLength(1);
  });

  test("sends nothing to a server that is not verified, and shows its thumbprint", async () => {
    await expect(configure({})).rejects.toMatchObject({
      detail: expect.stringMatching(/SHA-256.*No credentials were sent/),
    });
    expect(simulator.requests.all).toEqual([]);
  });

  test("with insecure warns once", async () => {
    await configure({ insecure: true });

    expect(warnings.map(({ path }) => path)).toEqual([["insecure"]]);
  });

  test("with a thumbprint beside insecure verifies the server and does not warn", async () => {
    await configure({ insecure: true, thumbprint: simulator.thumbprints.sha256 });

    expect(warnings).toEqual([]);
  });

  describe("opens the journal", () => {
    const journalOf = async (config: Partial<ProviderConfig> = {}) =>
      (await configure({ caCertificate: simulator.caCertificate, ...config })).journal;

    test("in Terraform's data directory, unless the environment or, before that, the configuration says otherwise", async () => {
      expect((await journalOf()).location).toBe(join(folder, "data", "ksvla"));

      process.env["KSVLA_JOURNAL_DIRECTORY"] = join(folder, "kept");
      expect((await journalOf()).location).toBe(join(folder, "kept"));
      expect((await journalOf({ journalDirectory: join(folder, "other") })).location).toBe(join(folder, "other"));
    });

    test("in memory, with a warning, where nobody has chosen a folder that cannot be used", async () => {
      await writeFile(join(folder, "data"), "");

      expect((await journalOf()).location).toBe("memory");
      expect(warnings).toEqual([
        { summary: "The journal cannot be used", detail: expect.stringContaining(join(folder, "data", "ksvla")) },
      ]);
    });

    test("not at all where somebody has chosen a folder that cannot be used", async () => {
      await writeFile(join(folder, "file"), "");

      await expect(journalOf({ journalDirectory: join(folder, "file") })).rejects.toMatchObject({
        summary: "The journal's directory cannot be used",
        detail: expect.stringContaining(join(folder, "file")),
        path: ["journalDirectory"],
      });
    });

    test("and names what it ignores there", async () => {
      const notes = join(folder, "data", "ksvla", "deployments");
      await mkdir(notes, { recursive: true });

      await journalOf();
      expect(warnings).toEqual([
        { summary: "Files of the journal are ignored", detail: expect.stringContaining(`${notes}: version 0.1.0`) },
      ]);
    });
  });
});

test("every schema is one that Terraform accepts", () => {
  for (const { schema } of [ksvla, ...Object.values(ksvla.resources), ...Object.values(ksvla.dataSources)]) {
    expect(() => assertSchema(schema)).not.toThrow();
  }
});

test("every type has a description for each of its attributes", () => {
  const all = [ksvla, ...Object.values(ksvla.resources), ...Object.values(ksvla.dataSources)];

  const short = all.flatMap(({ schema }) =>
    Object.entries(schema.attributes).flatMap(([name, { description }]) => (/\S\.$/.test(description) ? [] : [name])),
  );
  expect(short).toEqual([]);
});
