import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { makeCertificate } from "../../support/certificates";
import { SECRET } from "../../support/example-secret";
import { bundlePlugin, exitOf, PluginProcess, pluginEnvironment } from "../../support/plugin-process";

const HEALTH = "/grpc.health.v1.Health/Check";
const SHUTDOWN = "/plugin.GRPCController/Shutdown";
const NOTHING = new Uint8Array();
/** The message `{ service: "plugin" }`. */
const PLUGIN_HEALTH = Buffer.from("\x0a\x06plugin");

let plugin: Awaited<ReturnType<typeof bundlePlugin>>;
const started: PluginProcess[] = [];

beforeAll(async () => {
  plugin = await bundlePlugin(join(__dirname, "../../support/example-plugin.ts"));
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((process) => process.dispose()));
});
afterAll(() => plugin.remove());

async function start(env: NodeJS.ProcessEnv = {}): Promise<PluginProcess> {
  const process = await PluginProcess.start([plugin.file], env);
  started.push(process);
  return process;
}

describe("handshake", () => {
  test("is one line with protocol 6, a Unix socket, gRPC and the certificate without padding", async () => {
    const process = await start();
    await process.handshake();
    expect(process.stdout).toEqual([expect.stringMatching(/^1\|6\|unix\|\/[^|]+\|grpc\|[A-Za-z0-9+/]+$/)]);
  });

  test("has a seventh field for a client that knows it", async () => {
    const process = await start({ PLUGIN_MULTIPLEX_GRPC: "true" });
    expect((await process.handshake())[6]).toBe("false");
  });

  test("tells a person who starts the program by hand what it is, and ends with 1", async () => {
    const process = await start({ TF_PLUGIN_MAGIC_COOKIE: "wrong" });
    expect(await process.exited()).toBe(1);
    expect(process.stderr).toEqual(["This is a plugin for tests.", "Terraform starts it."]);
    expect(process.stdout).toEqual([]);
  });

  test("says in the log which Terraform is needed when the client speaks protocol 5 only", async () => {
    const process = await start({ PLUGIN_PROTOCOL_VERSIONS: "5" });
    expect(await process.logLine("Use Terraform 1.0 or later")).toMatchObject({ "@level": "error" });
  });

  test("names version 6 to a client that speaks protocol 5 only, which then names both to the user", async () => {
    const process = await start({ PLUGIN_PROTOCOL_VERSIONS: "5" });
    expect((await process.handshake())[1]).toBe("6");
  });

  test("is refused to a client without a certificate", async () => {
    const process = await start({ PLUGIN_CLIENT_CERT: "" });
    expect(await process.exited()).toBe(1);
    expect(process.stdout).toEqual([
      expect.stringMatching(/^terraform-provider-test_v1\.0\.0 did not start: .*\(PLUGIN_CLIENT_CERT\)/),
    ]);
  });
});

test("TF_DISABLE_PLUGIN_TLS is said to be what keeps the plugin from starting", async () => {
  const process = await start({ PLUGIN_CLIENT_CERT: "", TF_DISABLE_PLUGIN_TLS: "1" });
  expect(await process.exited()).toBe(1);
  expect(process.stdout[0]).toMatch(/did not start: .*TF_DISABLE_PLUGIN_TLS is set.*: unset it/);
});

test("the socket is where the client wants it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sockets-"));
  try {
    const [, , , socket] = await (await start({ PLUGIN_UNIX_SOCKET_DIR: folder })).handshake();
    expect(dirname(dirname(socket!))).toBe(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe("mutual TLS", () => {
  test("refuses a client with another certificate", async () => {
    const process = await start();
    await expect(process.unary(HEALTH, NOTHING, await makeCertificate())).rejects.toMatchObject({ code: 14 });
  });

  test("refuses a client without a certificate", async () => {
    const process = await start();
    await expect(process.unary(HEALTH, NOTHING, null)).rejects.toMatchObject({ code: 14 });
  });
});

describe("calls", () => {
  test("health says that the plugin serves", async () => {
    expect(await (await start()).unary(HEALTH, PLUGIN_HEALTH)).toEqual(Buffer.from([0x08, 1]));
  });

  test("health does not know other services", async () => {
    await expect((await start()).unary(HEALTH, Buffer.from("\x0a\x01x"))).rejects.toMatchObject({ code: 5 });
  });

  test("a call reaches its handler and the answer comes back", async () => {
    const answer = await (await start()).call("getProviderSchema", {});
    expect(answer.provider).toMatchObject({ version: 0, block: { attributes: [] } });
  });

  test("a call that the provider leaves out is unimplemented", async () => {
    await expect((await start()).call("getFunctions", {})).rejects.toMatchObject({ code: 12 });
  });

  test("a service that nobody offers is unimplemented", async () => {
    await expect((await start()).unary("/plugin.GRPCStdio/StreamStdio", NOTHING)).rejects.toMatchObject({ code: 12 });
  });

  test("a large request that is refused does not keep its client waiting", async () => {
    const request = (await start()).unary("/tfplugin6.Provider/Unknown", Buffer.alloc(24 * 1024 * 1024));
    await expect(request).rejects.toMatchObject({
      code: 12,
      details: "There is no method /tfplugin6.Provider/Unknown",
    });
  });

  test("messages far beyond gRPC's usual 4 MB pass both ways", async () => {
    const msgpack = Buffer.alloc(24 * 1024 * 1024, 7);
    const answer = await (await start()).call("readDataSource", {
      typeName: "echo",
      config: { msgpack, json: undefined },
    });
    expect(Buffer.compare(Buffer.from(answer.state?.msgpack ?? []), msgpack)).toBe(0);
  });

  test("a handler that throws answers with a diagnostic", async () => {
    const answer = await (await start()).call("readDataSource", { typeName: "throw" });
    expect(answer.diagnostics).toMatchObject([
      { severity: "ERROR", detail: expect.stringContaining("thrown by a handler") },
    ]);
  });

  test("a provider that cannot be loaded answers with a diagnostic", async () => {
    const answer = await (await start({ EXAMPLE_FAILS_TO_LOAD: "1" })).call("getProviderSchema", {});
    expect(answer.diagnostics).toMatchObject([{ detail: expect.stringContaining("the example fails to load") }]);
  });

  test("errors outside of any call are logged and the process serves on", async () => {
    const process = await start();
    await process.call("readDataSource", { typeName: "fail" });
    await process.logLine("thrown outside of any call");
    await process.logLine("rejected outside of any call");
    expect(await process.unary(HEALTH, NOTHING)).toEqual(Buffer.from([0x08, 1]));
  });
});

describe("output", () => {
  test("nothing but the handshake is on stdout, whatever is printed", async () => {
    const process = await start();
    await process.call("readDataSource", { typeName: "print" });
    await process.unary(SHUTDOWN, NOTHING);
    await process.exited();
    expect(process.stdout).toHaveLength(1);
    expect(process.stderr).toEqual(expect.arrayContaining(["printed by a library", "written by a library"]));
  });

  test("log lines are those of hclog", async () => {
    const process = await start();
    await process.call("readDataSource", { typeName: "log" });
    expect(await process.logLine("second line")).toEqual({
      "@level": "info",
      "@message": "second line",
      "@module": "provider.example",
      "@timestamp": expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      password: "***",
      attempt: 2,
    });
  });

  test("a registered secret is in no log line, plain or in Base64", async () => {
    const process = await start();
    await process.call("readDataSource", { typeName: "log" });
    await process.logLine("second line");
    const output = process.stderr.join("\n");
    expect(output).toContain("message with ***");
    for (const form of [SECRET, Buffer.from(SECRET), Buffer.from(`admin:${SECRET}`)]) {
      expect(output).not.toContain(form.toString("base64"));
    }
  });

  test("without TF_LOG only errors are written", async () => {
    const process = await start({ TF_LOG: "" });
    await process.call("readDataSource", { typeName: "log" });
    await process.call("readDataSource", { typeName: "throw" });
    await process.logLine("A call failed unexpectedly");
    expect(process.stderr).toHaveLength(1);
  });
});

describe("end", () => {
  test("Shutdown is answered and ends the process, without its socket", async () => {
    const process = await start();
    const [, , , socket] = await process.handshake();
    await process.call("getProviderSchema", {});
    await process.unary(SHUTDOWN, NOTHING);
    expect(await process.exited()).toBe(0);
    expect(existsSync(dirname(socket!))).toBe(false);
  });

  test("SIGINT is ignored", async () => {
    const process = await start();
    await process.handshake();
    process.child.kill("SIGINT");
    expect(await process.unary(HEALTH, NOTHING)).toEqual(Buffer.from([0x08, 1]));
  });

  test("SIGTERM stops calls in progress, lets them answer and ends the process", async () => {
    const process = await start();
    const call = process.call("readDataSource", { typeName: "wait" });
    await process.logLine("waiting");
    process.child.kill("SIGTERM");
    expect((await call).diagnostics).toMatchObject([{ summary: "Interrupted" }]);
    expect(await process.exited()).toBe(0);
  });

  test("a client that is gone before the handshake ends the process", async () => {
    const child = spawn(plugin.file, {
      env: pluginEnvironment(await makeCertificate()),
      stdio: ["ignore", "pipe", "ignore"],
    });
    child.stdout!.destroy();
    expect(await exitOf(child)).toBe(1);
  });

  /** Starts the plugin as a grandchild and kills its parent; resolves when the plugin has let go of its stdout. */
  async function killParent(beforeKill: (process: PluginProcess) => Promise<unknown>): Promise<string> {
    const launcher = `require("node:child_process").spawn(process.argv[1], { stdio: "inherit" })`;
    const process = await PluginProcess.start([globalThis.process.execPath, "-e", launcher, plugin.file]);
    const [, , , socket] = await process.handshake();
    await beforeKill(process);
    const closed = once(process.child.stdout, "close");
    process.child.kill("SIGKILL");
    await closed;
    await process.dispose();
    return socket!;
  }

  test("a parent that is killed before it connects takes the process with it", async () => {
    const socket = await killParent(async () => {});
    expect(existsSync(dirname(socket))).toBe(false);
  });

  test("a parent that is killed while a call is in progress takes the process with it", async () => {
    const socket = await killParent(async (process) => {
      process.call("readDataSource", { typeName: "wait" }).catch(() => {});
      await process.logLine("waiting");
    });
    expect(existsSync(dirname(socket))).toBe(false);
  });
});
