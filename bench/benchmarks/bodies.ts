/** Large infrastructures: how long other calls wait while a plugin reads one, and what memory that takes. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { infrastructureObjectsSchema } from "../../src/data-sources/infrastructure-objects/schema";
import { providerSchema } from "../../src/provider-schema";
import { ctyTypeOfAttributes } from "../../src/terraform/schema/cty-type";
import type { Attributes } from "../../src/terraform/schema/types";
import { encode } from "../../src/terraform/values/msgpack/encode";
import { PluginProcess } from "../../test/support/plugin-process";
import { peakMemory } from "../measure/descendants";
import type { ServerAccess } from "../programs/server";
import { mebibytes, type Row, seconds } from "../row";

const PLUGIN = join(__dirname, "..", "..", "dist", "plugin", "terraform-provider-ksvla");
const SERVER = join(__dirname, "..", "programs", "server.ts");
const VMS_PER_HOST = 10;
const HOSTS = 5_000;
/** Seconds. */
const LONGEST_WAIT = 1;

interface Measured {
  readonly bytes: number;
  /** Seconds until the data source was read, and until each other call was answered meanwhile. */
  readonly read: number;
  readonly waits: readonly number[];
  /** MiB; undefined where nobody tells. */
  readonly before: number | undefined;
  readonly after: number | undefined;
}

export async function measureBodies(): Promise<readonly Row[]> {
  const half = await measureBody(HOSTS / 2);
  const whole = await measureBody(HOSTS);
  const what = `${HOSTS} hosts and ${HOSTS * VMS_PER_HOST} machines are read (${size(whole.bytes)} of state)`;
  const longest = Math.max(...whole.waits);
  const rows: Row[] = [
    {
      what: `${what}: longest wait of another call`,
      took: seconds(longest),
      against: `all of it: ${seconds(whole.read)}, ${whole.waits.length} other calls`,
      figure: longest,
      aim: LONGEST_WAIT,
      raw: { read: whole.read, waits: whole.waits },
    },
  ];
  if (whole.after === undefined || half.after === undefined) return rows;
  const [more, less] = [whole.after - (whole.before ?? 0), half.after - (half.before ?? 0)];
  rows.push({
    what: `${what}: memory beyond that of an idle plugin`,
    took: mebibytes(more),
    against: `half as many (${size(half.bytes)}): ${mebibytes(less)}`,
    figure: more / less,
    aim: 2.5,
    raw: { more, less },
  });
  return rows;
}

async function measureBody(hosts: number): Promise<Measured> {
  const server = spawn(
    process.execPath,
    ["--import", "tsx", SERVER, JSON.stringify({ hosts, vmsPerHost: VMS_PER_HOST })],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  try {
    return await measureRead(JSON.parse(await firstLine(server)) as ServerAccess);
  } finally {
    server.stdin.end();
    await once(server, "close");
  }
}

async function measureRead({ address, password, caCertificate, infrastructureId }: ServerAccess): Promise<Measured> {
  const plugin = await PluginProcess.start([PLUGIN], { TF_LOG: "" });
  try {
    const configuration = { address, password, caCertificate, requestTimeout: "5m" };
    await plugin.call("configureProvider", { config: wire(providerSchema.attributes, configuration) });
    const memory = () => (existsSync("/proc") ? peakMemory(plugin.child.pid ?? 0) : undefined);
    const before = memory();
    const started = performance.now();
    const query = { infrastructureId, types: ["Host", "VM"], detailed: true };
    let isRead = false;
    const reading = plugin
      .call("readDataSource", {
        typeName: "ksvla_infrastructure_objects",
        config: wire(infrastructureObjectsSchema.attributes, query),
      })
      .finally(() => {
        isRead = true;
      });
    const waits: number[] = [];
    while (!isRead) waits.push(await timed(() => plugin.call("getMetadata", {})));
    const { state, diagnostics = [] } = await reading;
    if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
    const read = (performance.now() - started) / 1000;
    return { bytes: state?.msgpack?.length ?? 0, read, waits, before, after: memory() };
  } finally {
    await plugin.dispose();
  }
}

function wire(attributes: Attributes, value: object) {
  return { msgpack: encode(ctyTypeOfAttributes(attributes), value), json: undefined };
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return (performance.now() - started) / 1000;
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error("The server's output is not read.");
  const [line] = await once(createInterface(stdout), "line");
  return String(line);
}

const size = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
