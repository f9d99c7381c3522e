/** `ksvla simulator`: an Integration Server on this machine, to try things on. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Command, InvalidArgumentError } from "commander";
import type { FaultRule, Habits, Inventory, RecordedRequest, Simulator } from "../simulator";
import { obey } from "../simulator/commands";
import { addFault, readFault, type WorkFault } from "../simulator/faults/named";
import { describeDefaultWorld, describeDeviations, describeInventory } from "../simulator/guide";
import { parseHabit } from "../simulator/habit-values";
import { NotUnderstood } from "../simulator/not-understood";
import { defaultPassword } from "../simulator/options";
import { notEmpty } from "./shared/arguments";
import { guideText } from "./shared/guide-text";
import { oneLine, UsageError } from "./shared/report";

interface SimulatorCommandOptions {
  readonly port: number;
  readonly host: string;
  readonly seed: string;
  readonly timeScale: number;
  readonly quiet?: true;
  readonly habit?: Partial<Habits>;
  readonly fault?: readonly (FaultRule | WorkFault)[];
  readonly inventory?: string;
  readonly commands?: true;
}

const EXAMPLES = `
Examples:
  ksvla simulator
  ksvla simulator --port 0 --time-scale 0.1 --habit lists=lagging
`;

export function addSimulatorCommand(program: Command): void {
  program
    .command("simulator")
    .description(
      "run a simulated Integration Server on this machine until Ctrl-C; the administrator's password is KSVLA_PASSWORD of the environment",
    )
    .option("--port <port>", "the port to listen on; 0 takes a free one", port, 7271)
    .option("--host <address>", "the IP address to listen on; others can reach it if it is not loopback", "127.0.0.1")
    .option("--seed <text>", "decides every id and certificate but its own", "ksvla")
    .option("--time-scale <factor>", "real seconds per simulated second; 0.1 is ten times faster", factor, 1)
    .option(
      "--inventory <file>",
      "what there is to connect to, as a YAML or JSON file; see docs/guides/simulator.md",
      notEmpty("the inventory's file"),
    )
    .option("--quiet", "print no line per request")
    .option("--habit <name=value>", "behave as some real servers do; repeatable, see below", habit)
    .option("--fault <fault>", "let something go wrong; repeatable, see below", fault)
    .option("--commands", "obey commands on stdin, such as move-svm; see below")
    .addHelpText(
      "after",
      () =>
        `${EXAMPLES}\nWhat there is to connect to:\n\n${guideText(describeDefaultWorld())}\n${guideText(describeDeviations())}`,
    )
    .action(run);
}

/** Ends when the process is told to end. */
async function run({
  quiet,
  habit: habits = {},
  fault: faults = [],
  commands,
  inventory: file,
  ...options
}: SimulatorCommandOptions): Promise<void> {
  const ended = endOfProcess();
  const inventory = file === undefined ? undefined : await inventoryIn(file);
  const { startSimulator } = await import("../simulator");
  const simulator = await startSimulator({
    ...options,
    password: passwordFrom(process.env),
    habits,
    ...(inventory === undefined ? {} : { inventory }),
    ...(quiet ? {} : { onAnswered: printRequest }),
  }).catch((error: unknown) => {
    throw unableToListen(error, options);
  });
  for (const rule of faults) {
    addFault(simulator, rule);
  }
  const stopObeying = commands ? obeyLines(simulator) : () => {};
  const directory = mkdtempSync(join(tmpdir(), "ksvla-simulator-"));
  // However the process ends.
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  // Nobody reads the lines any more, as with `| head`.
  process.stdout.once("error", () => process.exit());
  try {
    const certificateFile = join(directory, "ca.pem");
    writeFileSync(certificateFile, simulator.caCertificate);
    print(introduction(simulator, certificateFile, options.host, inventory));
    await ended;
    print("\nStopping.\n");
  } finally {
    stopObeying();
    await simulator.stop();
  }
}

/** Why there can be no server at the address, and which one can be had. */
function unableToListen(error: unknown, { host, port }: Pick<SimulatorCommandOptions, "host" | "port">): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const another = "Choose another with --port, or take any free one with --port 0.";
  if (code === "EADDRINUSE") return new Error(`The port ${port} of ${host} is taken already. ${another}`);
  if (code === "EACCES") return new Error(`The port ${port} of ${host} is for privileged users only. ${another}`);
  return error;
}

/** @throws UsageError where it is none */
async function inventoryIn(file: string): Promise<Inventory> {
  const { InventoryError, readInventory } = await import("../inventory");
  try {
    return readInventory(file);
  } catch (error) {
    if (!(error instanceof InventoryError)) throw new UsageError(`--inventory: ${oneLine(error)}`);
    // A line each, which editors and terminals make a link of.
    for (const line of error.message.split("\n")) process.stderr.write(`${line}\n`);
    const { length } = error.mistakes;
    throw new UsageError(
      `${file} is no inventory: ${length === 1 ? "there is a mistake" : `there are ${length} mistakes`} in it.`,
    );
  }
}

/** Not an argument: whoever may list processes could read it. */
function passwordFrom({ KSVLA_PASSWORD: password }: NodeJS.ProcessEnv): string {
  return password === undefined || password === "" ? defaultPassword : password;
}

/** Does what lines on stdin say, and says what came of it; one that is not understood harms nothing. */
function obeyLines(simulator: Simulator): () => void {
  const lines = createInterface({ input: process.stdin, terminal: false });
  lines.on("line", (line) => {
    try {
      print(`${obey(simulator, line)}\n`);
    } catch (error) {
      print(`${error instanceof Error ? error.message : String(error)}\n`);
    }
  });
  return () => {
    lines.close();
    process.stdin.destroy();
  };
}

function endOfProcess(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

function introduction(
  simulator: Simulator,
  certificateFile: string,
  host: string,
  inventory: Inventory | undefined,
): string {
  const environment: Readonly<Record<string, string>> = {
    KSVLA_ADDRESS: simulator.address,
    KSVLA_USERNAME: simulator.username,
    KSVLA_PASSWORD: simulator.password,
    KSVLA_CA_CERTIFICATE: certificateFile,
  };
  const loopback = host === "localhost" || host === "::1" || host.startsWith("127.");
  return [
    `A simulated Integration Server listens on ${simulator.url}. It keeps everything in memory.`,
    ...(loopback ? [] : ["Whoever reaches this machine can reach it: it is no longer on loopback only."]),
    "",
    "What there is to connect to:",
    "",
    guideText(inventory === undefined ? describeDefaultWorld() : describeInventory(inventory)).trimEnd(),
    "",
    "In another terminal:",
    "",
    ...Object.entries(environment).map(([name, value]) => `  export ${name}=${quote(value)}`),
    "",
    "The certificate can be pinned in place of the file:",
    "",
    `  export KSVLA_THUMBPRINT=${simulator.thumbprints.sha256}`,
    "",
    "Ctrl-C stops it.",
    "",
    "",
  ].join("\n");
}

/** Method, path and outcome; never a header or a body, which hold passwords and tokens. */
function printRequest({ method, path, query, status, milliseconds, time }: RecordedRequest): void {
  const target = query === "" ? path : `${path}?${query}`;
  print(`${time.toISOString().slice(11, 23)} ${method} ${target} ${status ?? "dropped"} ${milliseconds ?? 0} ms\n`);
}

function print(text: string): void {
  process.stdout.write(text);
}

function quote(value: string): string {
  return /^[\w./:@%+=,-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

function habit(value: string, others: Partial<Habits> = {}): Partial<Habits> {
  return { ...others, ...understood(() => parseHabit(value)) };
}

function fault(value: string, others: readonly (FaultRule | WorkFault)[] = []): readonly (FaultRule | WorkFault)[] {
  return [...others, understood(() => readFault(value))];
}

function understood<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw error instanceof NotUnderstood ? new InvalidArgumentError(error.message) : error;
  }
}

function port(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > 65535) {
    throw new InvalidArgumentError("It is a number from 0 to 65535.");
  }
  return number;
}

function factor(value: string): number {
  const number = Number(value);
  if (!(number > 0 && number < Number.POSITIVE_INFINITY)) {
    throw new InvalidArgumentError("It is a number greater than 0.");
  }
  return number;
}
