/** How long the plugin takes to its handshake line and to its first answer, beside a Node.js that does nothing. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { nodeOf } from "../../scripts/node-from-npm";
import { makeCertificate } from "../../test/support/certificates";
import { PluginProcess, pluginEnvironment } from "../../test/support/plugin-process";
import { processorTime } from "../measure/descendants";
import { inTurns, median, ratio } from "../measure/rounds";
import { milliseconds, type Row } from "../row";

const PLUGIN = join(__dirname, "..", "..", "dist", "plugin", "terraform-provider-ksvla");
const WARM_UP = 3;
const AIMS = { prologue: undefined, handshake: 1.4, answer: 2.5 };
/** What a process has taken when its program ends, in milliseconds. */
const OWN_TIME = "const { user, system } = process.cpuUsage(); process.stdout.write(String((user + system) / 1000))";
const TITLES = {
  prologue: "the plugin's prologue has started a Node.js that does nothing",
  handshake: "the plugin's handshake line",
  answer: "the plugin's first answer (GetProviderSchema)",
};

/** With the newest Node.js of a major version. */
export async function measureStart(folder: string, major: number, rounds: number): Promise<readonly Row[]> {
  const node = nodeOf(major);
  const certificate = await makeCertificate();
  const path = [dirname(node), process.env["PATH"]].join(delimiter);
  // Without logs, as terraform runs it; and further authorities would make every Node.js slower at its start.
  const env = pluginEnvironment(certificate, { TF_LOG: "", PATH: path });
  mkdirSync(folder, { recursive: true });
  const prologue = join(folder, "prologue");
  writeFileSync(prologue, `${readFileSync(PLUGIN, "latin1").split("\f")[0]}\f`, { mode: 0o755 });

  const runToEnd = async (program: string, ...args: readonly string[]) => {
    await once(spawn(program, args, { env, stdio: "ignore" }), "exit");
    return async () => {};
  };
  const plugin = async (until: (plugin: PluginProcess) => Promise<unknown>) => {
    const started = await PluginProcess.start([PLUGIN], env, { certificate });
    await until(started);
    return () => started.dispose();
  };
  const times = await inTurns(WARM_UP + rounds, {
    bare: timed(() => runToEnd(node, "-e", "0")),
    prologue: timed(() => runToEnd(prologue)),
    handshake: timed(() => plugin((started) => started.handshake())),
    answer: timed(() => plugin((started) => started.call("getProviderSchema", {}))),
  });
  const ofProcessors = await inTurns(WARM_UP + rounds, {
    bare: async () => Number(execFileSync(node, ["-e", OWN_TIME], { env, encoding: "utf8" })),
    plugin: async () => {
      const started = await PluginProcess.start([PLUGIN], env, { certificate });
      await started.call("getProviderSchema", {});
      const taken = processorTime(started.child.pid ?? 0);
      await started.dispose();
      return taken;
    },
  });
  const bare = times.bare.slice(WARM_UP);
  const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
  const rows = (["prologue", "handshake", "answer"] as const).map((name): Row => {
    const taken = times[name].slice(WARM_UP);
    return {
      what: `${TITLES[name]}, Node.js ${version.slice(1)}`,
      took: milliseconds(median(taken)),
      against: `\`node -e 0\`: ${milliseconds(median(bare))}; of the fastest ${(Math.min(...taken) / Math.min(...bare)).toFixed(2)} ×`,
      figure: ratio(taken, bare),
      aim: AIMS[name],
      raw: { taken, bare },
    };
  });
  if (!existsSync("/proc/self/schedstat")) return rows;
  const [taken, own] = [ofProcessors.plugin.slice(WARM_UP), ofProcessors.bare.slice(WARM_UP)];
  const what = `the same: processor time of the plugin, Node.js ${version.slice(1)}`;
  const against = `\`node -e 0\`: ${milliseconds(median(own))}`;
  return [
    ...rows,
    { what, took: milliseconds(median(taken)), against, figure: ratio(taken, own), raw: { taken, own } },
  ];
}

/** In milliseconds; what is cleaned up afterwards does not count. */
function timed(run: () => Promise<() => Promise<void>>): () => Promise<number> {
  return async () => {
    const started = performance.now();
    const cleanUp = await run();
    const taken = performance.now() - started;
    await cleanUp();
    return taken;
  };
}
