import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

let running: ChildProcessWithoutNullStreams;
let output = "";
afterEach(async () => {
  if (running.exitCode === null) {
    running.kill("SIGTERM");
    await once(running, "exit");
  }
});

function start(...options: readonly string[]): void {
  startWith({}, ...options);
}

function startWith(env: NodeJS.ProcessEnv, ...options: readonly string[]): void {
  output = "";
  running = spawn(process.execPath, ["--import", "tsx", "src/cli/ksvla.ts", "simulator", ...options], {
    cwd: root,
    env: { ...process.env, KSVLA_PASSWORD: "", ...env },
  });
  running.stdout.on("data", (chunk) => {
    output += chunk;
  });
}

async function printed(pattern: RegExp): Promise<RegExpExecArray> {
  for (;;) {
    const found = pattern.exec(output);
    if (found !== null) {
      return found;
    }
    await once(running.stdout, "data");
  }
}

async function startedEnvironment(): Promise<Record<string, string>> {
  await printed(/Ctrl-C stops it/);
  return Object.fromEntries([...output.matchAll(/export (\w+)=(.*)/g)].map(([, name, value]) => [name, value]));
}

async function logIn(environment: Record<string, string>): Promise<number | undefined> {
  const outgoing = request(`https://${environment["KSVLA_ADDRESS"]}/api/3.0/auth/tokens`, {
    ca: readFileSync(environment["KSVLA_CA_CERTIFICATE"]!),
    auth: `${environment["KSVLA_USERNAME"]}:${environment["KSVLA_PASSWORD"]}`,
    headers: { accept: "application/json" },
    agent: false,
  }).end();
  const [incoming] = await once(outgoing, "response");
  incoming.resume();
  return incoming.statusCode;
}

test("what it prints is what a client needs", async () => {
  startWith({ KSVLA_PASSWORD: "another-one" }, "--port", "0");
  const environment = await startedEnvironment();
  expect(environment["KSVLA_PASSWORD"]).toBe("another-one");
  expect(environment["KSVLA_THUMBPRINT"]).toMatch(/^[0-9A-F]{64}$/);
  expect(await logIn(environment)).toBe(200);
});

test("it prints a line per request, without credentials", async () => {
  start("--port", "0");
  await logIn(await startedEnvironment());
  const [line] = await printed(/^\S+ GET \/api\/3\.0\/auth\/tokens 200 \d+ ms$/m);
  expect(line).not.toMatch(/Basic|Bearer/);
});

test("it prints no line per request when it shall be quiet", async () => {
  start("--port", "0", "--quiet");
  await logIn(await startedEnvironment());
  expect(output).not.toContain("GET /api");
});

test("Ctrl-C ends it with exit code 0 and leaves no file", async () => {
  start("--port", "0");
  const environment = await startedEnvironment();
  running.kill("SIGINT");
  const [code] = await once(running, "exit");
  expect(code).toBe(0);
  expect(existsSync(environment["KSVLA_CA_CERTIFICATE"]!)).toBe(false);
});

test("habits, faults and commands reach what runs", async () => {
  start(
    "--port",
    "0",
    "--commands",
    "--habit",
    "lists=lagging",
    "--habit",
    "taskList=2.0",
    "--fault",
    "GET */tokens=418@2",
  );
  const environment = await startedEnvironment();
  expect([await logIn(environment), await logIn(environment), await logIn(environment)]).toEqual([200, 418, 200]);
  running.stdin.write("move-svm svm-old esx-01\nmove-svm svm-none esx-01\n");
  await printed(/^svm-old is on esx-01\.$/m);
  await printed(/^There are 0 SVMs named svm-none, not one\.$/m);
});

describe("with an inventory", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ksvla-inventory-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("its infrastructures are there in place of the default ones", async () => {
    const file = join(folder, "site.yaml");
    writeFileSync(file, "infrastructures: [{ type: VMWARE, address: vc.site.test, connected: true, id: site-1 }]\n");
    start("--port", "0", "--inventory", file);
    await printed(/VMWARE +vc\.site\.test +0 hosts +connected, id site-1/);
    expect(output).not.toContain("vcenter.example.test");
    expect(await logIn(await startedEnvironment())).toBe(200);
  });

  test("one with mistakes is refused, each with file and line, and nothing starts", async () => {
    const file = join(folder, "site.yaml");
    writeFileSync(file, "infrastructures:\n  - type: VMWARE\n    adress: vc.site.test\n");
    start("--port", "0", "--inventory", file);
    let errors = "";
    running.stderr.on("data", (chunk) => {
      errors += chunk;
    });
    const [code] = await once(running, "close");
    expect([code, output]).toEqual([2, ""]);
    expect(errors.split("\n")).toEqual([
      `${file}:2:5: address is missing.`,
      `${file}:3:5: There is no adress here. Did you mean address?`,
      `error: ${file} is no inventory: there are 2 mistakes in it.`,
      "",
    ]);
  });
});

test("it goes on when stdin ends, and ends with SIGTERM", async () => {
  start("--port", "0", "--commands");
  const environment = await startedEnvironment();
  running.stdin.end();
  expect(await logIn(environment)).toBe(200);
  running.kill("SIGTERM");
  const [code] = await once(running, "exit");
  expect(code).toBe(0);
});

test("--help shows what there is to connect to", async () => {
  start("--help");
  await once(running, "exit");
  expect(output).toContain("vcenter.example.test:443");
  expect(output).toContain("Viewer-Passw0rd");
  expect(output).toContain("/opt/svm/svm-6.2.xml");
  expect(output).toContain("listsAfterConnecting");
  expect(output).toContain("slowBody:MILLISECONDS");
});

test.each([
  ["--port", "70000"],
  ["--time-scale", "0"],
  ["--habit", "lists=late"],
  ["--fault", "GET /x=teapot"],
])(
  "%s %s is refused",
  async (name, value) => {
    start(name, value);
    const [code] = await once(running, "exit");
    expect(code).not.toBe(0);
  },
  30_000,
);

test("a port that is taken is an error that names how to have another one", async () => {
  start("--port", "0");
  const { KSVLA_ADDRESS } = await startedEnvironment();
  const port = KSVLA_ADDRESS!.split(":")[1]!;
  const second = spawnSync(process.execPath, ["--import", "tsx", "src/cli/ksvla.ts", "simulator", "--port", port], {
    cwd: root,
    encoding: "utf8",
  });
  expect([second.status, second.stdout]).toEqual([1, ""]);
  expect(second.stderr).toBe(
    `error: The port ${port} of 127.0.0.1 is taken already. Choose another with --port, or take any free one with --port 0.\n`,
  );
});
