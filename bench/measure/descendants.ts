/** Processes that another one has started, as Linux shows them while they run. */
import { readdirSync, readFileSync } from "node:fs";

export interface PluginUsage {
  /** Seconds of processor time, of all of them together. */
  readonly cpu: number;
  /** The most memory that one of them held, in MiB. */
  readonly memory: number;
}

/** Ticks per second of what `/proc` counts in: the same on every Linux. */
const TICKS = 100;
const KIB_PER_MIB = 1024;

export class Descendants {
  readonly #seconds = new Map<number, number>();
  readonly #peaks = new Map<number, number>();

  /** @param commandLine which of them count */
  constructor(
    private readonly ancestor: number,
    private readonly commandLine: RegExp,
  ) {}

  /** Of those that were there whenever somebody looked. */
  get usage(): PluginUsage {
    const cpu = [...this.#seconds.values()].reduce((sum, seconds) => sum + seconds, 0);
    return { cpu, memory: Math.max(0, ...this.#peaks.values()) };
  }

  look(): void {
    for (const pid of descendantsOf(this.ancestor)) {
      if (!this.commandLine.test(read(pid, "cmdline"))) continue;
      const seconds = secondsOf(pid);
      if (seconds !== undefined) this.#seconds.set(pid, seconds);
      const peak = peakMemory(pid);
      if (peak !== undefined) this.#peaks.set(pid, peak);
    }
  }
}

/** The most memory that a process has held so far, in MiB. */
export function peakMemory(pid: number): number | undefined {
  const [, peak] = /^VmHWM:\s*(\d+)/m.exec(read(pid, "status")) ?? [];
  return peak === undefined ? undefined : Number(peak) / KIB_PER_MIB;
}

/** What a process has taken of the processors so far, in milliseconds; of its threads that have not ended. */
export function processorTime(pid: number): number {
  const nanoseconds = tasksOf(pid).map((task) => Number.parseInt(read(pid, `task/${task}/schedstat`), 10) || 0);
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e6;
}

function descendantsOf(pid: number): number[] {
  const children = tasksOf(pid).flatMap((task) =>
    read(pid, `task/${task}/children`).split(" ").filter(Boolean).map(Number),
  );
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

function tasksOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Empty for a process that has ended. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

/** User and system time; the program's name before them may have spaces. */
function secondsOf(pid: number): number | undefined {
  const [, fields] = /\) (.*)/.exec(read(pid, "stat")) ?? [];
  if (fields === undefined) return undefined;
  const [user, system] = fields.split(" ").slice(11, 13).map(Number);
  return ((user ?? 0) + (system ?? 0)) / TICKS;
}
