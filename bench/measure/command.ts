/** What a command takes: itself, and the plugins that it starts. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { Descendants, type PluginUsage } from "./descendants";

export interface Usage {
  /** Seconds from start to end. */
  readonly wall: number;
  /** Seconds of processor time, of the command and of everything that it has started. */
  readonly cpu: number;
  /** Of its plugins. Only where there is a `/proc`. */
  readonly plugin?: PluginUsage;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Lets the shell say what its children took: POSIX has `times`, Node.js has nothing of the kind. */
const TIMED = '"$@" >&3 2>&1; code=$?; times; exit $code';
const PLUGIN = /terraform-provider-/;
/** In milliseconds: what a plugin does in its last moments is missed. */
const INTERVAL = 20;

/** @throws when the command fails, with what it wrote */
export async function measure(
  [program, ...args]: readonly [string, ...string[]],
  options: CommandOptions,
): Promise<Usage & { readonly output: string }> {
  const started = performance.now();
  const child = spawn("sh", ["-c", TIMED, "sh", program, ...args], {
    ...options,
    stdio: ["ignore", "pipe", "inherit", "pipe"],
  });
  const [, times, , written] = child.stdio.map((stream) => {
    const chunks: Buffer[] = [];
    stream?.on("data", (chunk: Buffer) => chunks.push(chunk));
    return () => Buffer.concat(chunks).toString();
  });
  const plugins =
    existsSync("/proc/self/stat") && child.pid !== undefined ? new Descendants(child.pid, PLUGIN) : undefined;
  const timer = setInterval(() => plugins?.look(), INTERVAL);
  const [code] = await once(child, "close");
  clearInterval(timer);
  const wall = (performance.now() - started) / 1000;
  const output = written?.() ?? "";
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}:\n${output}`);
  return { wall, cpu: childrenSeconds(times?.() ?? ""), output, ...(plugins && { plugin: plugins.usage }) };
}

/** The second line of `times`, such as `1m2.340s 0m3.210s`: user and system, of the children. */
function childrenSeconds(times: string): number {
  const [, line = ""] = times.split("\n");
  const parts = [...line.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}
