/**
 * The life of a plugin process: handshake, calls, end. Terraform starts a provider several times in one run, so what
 * the handshake does not need is loaded after it, and what the first answers do not need when it is asked for
 * (docs/decisions/0001-grpc-server.md).
 */
import { writeSync } from "node:fs";
import { createServer as createListener } from "node:net";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import type { Logger, RedactingLogger } from "../logger";
import type { ProviderServer } from "../protocol/tfplugin6";
import { selfSignedCertificate } from "./certificate";
import type { GrpcMethods } from "./grpc";
import {
  handshakeLine,
  isStartedByTerraform,
  type ListenAddress,
  protocolMismatch,
  readClientHello,
} from "./handshake";
import { hclog, levelFromEnvironment } from "./hclog";
import { HANDSHAKE, refuse } from "./launch/refusal";
import { Lifetime } from "./lifetime";
import { listen, SOCKET, SOCKET_FOLDER } from "./listen";

export interface ServeOptions {
  /** The provider's name, for log lines. */
  readonly name: string;
  /** What to tell a person who started the program by hand: what it is, and how it is installed. */
  readonly runByHand: string;
  /**
   * Makes the provider's side of the protocol, once, for the first call that needs it; what that needs is best imported
   * in there. When it fails, every call answers with its error.
   */
  createServer(log: RedactingLogger): Promise<ProviderServer>;
}

/** The arguments are those that the prologue gives: the file, and the id of the process that started it. */
const [, , STARTED_BY] = process.argv;

/**
 * Serves a provider to the Terraform that started this process, and ends the process when Terraform has done with it.
 * The process is the plugin's alone: its signals and its uncaught errors are taken over. It has to be started by the
 * prologue in `launch/`, which a build puts before the program.
 */
export async function serve(options: ServeOptions): Promise<void> {
  if (!isStartedByTerraform(process.env)) {
    process.stderr.write(`${options.runByHand.trimEnd()}\n`);
    process.exit(1);
  }
  const log = hclog({
    module: `provider.${options.name}`,
    level: levelFromEnvironment(process.env),
    write: writeToStderr,
  });
  guardProcess(log);
  try {
    await start(options, log);
  } catch (error) {
    log.error("The plugin cannot start", { error });
    refuse(error instanceof Error ? error.message : String(error));
  }
}

async function start({ createServer }: ServeOptions, log: RedactingLogger): Promise<void> {
  const client = readClientHello(process.env);
  const mismatch = protocolMismatch(client);
  if (mismatch !== undefined) log.error(mismatch);

  const provider = lazily(() => createServer(log));
  const listener = createListener({ pauseOnConnect: true, noDelay: true });
  const lifetime = new Lifetime(listener, log, async () => (await provider.begun)?.stopProvider({}));
  const certificate = selfSignedCertificate();
  const listening = await listen(listener, client, [client.socketDirectory, tmpdir(), "/tmp"]);
  // Before the handshake: from then on the parent may end at any moment, and this process has to have looked at it.
  lifetime.watch(Number(STARTED_BY));
  writeSync(HANDSHAKE, handshakeLine(listening, certificate.certificateDer, client));

  const calls = lazily(() => loadCalls(provider.get, log, () => clean(listening, log)));
  const accept = import("./grpc-server").then(({ grpcServer }) =>
    grpcServer({
      certificate,
      clientCertificate: client.certificate,
      loadProvider: calls.get,
      onConnection: (connection) => lifetime.add(connection),
      onShutdown: () => lifetime.end("Terraform asks for it"),
      log,
    }),
  );
  listener.on("connection", async (connection) => (await accept)(connection));
  await accept;
}

/** The provider's calls. One that cannot be made answers each of them with why. */
async function loadCalls(
  load: () => Promise<ProviderServer>,
  log: RedactingLogger,
  whenServed: () => void,
): Promise<GrpcMethods> {
  const { providerService, failingServer } = await import("./provider-service");
  try {
    return providerService(await load(), log);
  } catch (error) {
    log.error("The provider cannot be loaded", { error });
    return providerService(failingServer(error), log);
  } finally {
    setImmediate(whenServed);
  }
}

/** When Terraform is served, and so in nobody's way. */
async function clean({ network, address }: ListenAddress, log: Logger): Promise<void> {
  if (network !== "unix") return;
  try {
    const { removeLeftovers } = await import("./leftovers");
    await removeLeftovers(dirname(dirname(address)), SOCKET_FOLDER, SOCKET);
  } catch (error) {
    log.debug("What killed plugins have left behind stays", { error });
  }
}

/** Something that is made once, when it is first asked for. */
function lazily<T>(make: () => Promise<T>): { get(): Promise<T>; readonly begun: Promise<T> | undefined } {
  let made: Promise<T> | undefined;
  return {
    get() {
      made ??= make();
      return made;
    },
    get begun() {
      return made;
    },
  };
}

/** Keeps the process alive, whatever the code in it does. */
function guardProcess(log: Logger): void {
  // Terraform asks the provider to stop by a call; the terminal sends the signal to the plugin as well.
  process.on("SIGINT", () => {});
  process.on("uncaughtException", (error) => log.error("Uncaught error", { error }));
  process.on("unhandledRejection", (error) => log.error("Unhandled rejection", { error }));
}

function writeToStderr(line: string): void {
  // Without a listener, a pipe that nobody reads any more would be one more uncaught error to log.
  if (process.stderr.listenerCount("error") === 0) process.stderr.on("error", () => {});
  process.stderr.write(line);
}
