/**
 * `npx tsx scripts/benchmark-startup.ts [rounds]`, after `npm run build`.
 *
 * How long the plugin takes to its handshake line and to its first answer, beside a Node.js that does nothing, and beside
 * one that does nothing behind the plugin's prologue. The cases take turns, so that whatever else the machine does hits
 * all of them alike.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { arch, cpus, platform, tmpdir } from "node:os";
import { join } from "node:path";
import { makeCertificate } from "../test/support/certificates";
import { PluginProcess, pluginEnvironment } from "../test/support/plugin-process";

const PLUGIN = join(__dirname, "..", "dist", "plugin", "terraform-provider-ksvla");
const WARM_UP = 3;
const AIM = 1.5;

async function main(rounds: number): Promise<void> {
  if (!existsSync(PLUGIN)) throw new Error(`There is no ${PLUGIN}: run "npm run build" first.`);
  const certificate = await makeCertificate();

  const env = pluginEnvironment(certificate, { TF_LOG: "" });
  const folder = mkdtempSync(join(tmpdir(), "benchmark-"));
  const prologue = join(folder, "prologue");
  writeFileSync(prologue, `${readFileSync(PLUGIN, "latin1").split("\f")[0]}\f`, { mode: 0o755 });

  const startPlugin = () => PluginProcess.start([PLUGIN], env, { certificate });
  const runToEnd = async (program: string, ...args: readonly string[]) => {
    await once(spawn(program, args, { env, stdio: "ignore" }), "exit");
    return async () => {};
  };
  const cases = {
    "node -e 0": () => runToEnd(process.execPath, "-e", "0"),
    "the prologue, without a program": () => runToEnd(prologue),
    "handshake line": async () => {
      const plugin = await startPlugin();
      await plugin.handshake();
      return () => plugin.dispose();
    },
    "first answer (GetProviderSchema)": async () => {
      const plugin = await startPlugin();
      await plugin.call("getProviderSchema", {});
      return () => plugin.dispose();
    },
  };
  const times = new Map<string, number[]>(Object.keys(cases).map((name) => [name, []]));

  for (let round = 0; round < WARM_UP + rounds; round++) {
    for (const [name, run] of Object.entries(cases)) {
      const started = performance.now();
      const cleanUp = await run();
      if (round >= WARM_UP) times.get(name)?.push(performance.now() - started);
      await cleanUp();
    }
  }
  rmSync(folder, { recursive: true });

  console.log(`Node.js ${process.version}, ${platform()} ${arch()}, ${cpus().length} CPUs, ${rounds} rounds`);
  const bare = median(times.get("node -e 0") ?? []);
  console.log("| until | median | min | max | × node -e 0 |");
  console.log("|---|---:|---:|---:|---:|");
  for (const [name, measured] of times) {
    const numbers = [median(measured), Math.min(...measured), Math.max(...measured)].map((ms) => `${ms.toFixed(1)} ms`);
    console.log(`| ${[name, ...numbers, (median(measured) / bare).toFixed(2)].join(" | ")} |`);
  }
  const ratio = median(times.get("handshake line") ?? []) / bare;
  console.log(`The aim of ${AIM} × node -e 0 to the handshake line is ${ratio <= AIM ? "met" : "missed"}.`);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
}

main(Number(process.argv[2] ?? 30)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
