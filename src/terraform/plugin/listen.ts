/** Where the plugin waits for Terraform: a Unix socket in a temporary folder, or a loopback port where none can be made. */
import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:net";
import { dirname, join, resolve } from "node:path";
import { errorCode } from "./error-code";
import type { ListenAddress } from "./handshake";

/** What fits into a socket address on macOS (104 bytes with its end), the least of all systems. */
const LONGEST_SOCKET_PATH = 103;

/** How the folder of a socket begins, before the id of its process, and what the socket in it is called. */
export const SOCKET_FOLDER = "tf-plugin-";
export const SOCKET = "plugin.sock";

export interface PortRange {
  /** Zero for any port. */
  readonly minPort: number;
  readonly maxPort: number;
}

/**
 * Starts listening, on the first of these that can be had. A socket is in a folder of its own, which is open to this user
 * alone and removed when the process exits; a port is as safe, since clients prove who they are by their certificate.
 *
 * @param folders Where a socket's folder may be made, the preferred one first.
 * @throws Error that says of each place why it cannot be had.
 */
export async function listen(
  server: Server,
  ports: PortRange,
  folders: readonly (string | undefined)[],
): Promise<ListenAddress> {
  const reasons: string[] = [];
  for (const folder of new Set(folders.filter((each) => each !== undefined))) {
    try {
      return { network: "unix", address: await listenIn(folder, server) };
    } catch (error) {
      reasons.push(`in ${folder}: ${messageOf(error)}`);
    }
  }
  try {
    return { network: "tcp", address: await listenOnLoopback(server, ports) };
  } catch (error) {
    reasons.push(`on 127.0.0.1: ${messageOf(error)}`);
    throw new Error(
      `it can listen for Terraform nowhere (${reasons.join("; ")}). Set TMPDIR to a folder it may write.`,
    );
  }
}

async function listenIn(folder: string, server: Server): Promise<string> {
  const path = socketPath(resolve(folder));
  const remove = () => rmSync(dirname(path), { recursive: true, force: true });
  try {
    await listening(server, () => server.listen(path));
  } catch (error) {
    remove();
    throw error;
  }
  process.once("exit", remove);
  server.once("close", () => {
    process.off("exit", remove);
    remove();
  });
  return path;
}

function socketPath(folder: string): string {
  const own = join(folder, `${SOCKET_FOLDER}${process.pid}-`);
  if (Buffer.byteLength(join(`${own}XXXXXX`, SOCKET)) > LONGEST_SOCKET_PATH) {
    throw new Error("a socket's path would be too long");
  }
  return join(mkdtempSync(own), SOCKET);
}

async function listenOnLoopback(server: Server, { minPort, maxPort }: PortRange): Promise<string> {
  for (let port = minPort; port <= maxPort; port++) {
    try {
      await listening(server, () => server.listen(port, "127.0.0.1"));
    } catch (error) {
      if (port === maxPort || !isPortTaken(error)) throw error;
      continue;
    }
    const bound = server.address();
    if (bound !== null && typeof bound === "object") return `127.0.0.1:${bound.port}`;
  }
  throw new RangeError(`there is no port between PLUGIN_MIN_PORT (${minPort}) and PLUGIN_MAX_PORT (${maxPort})`);
}

function listening(server: Server, start: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (outcome: () => void) => {
      server.removeListener("listening", onListening).removeListener("error", onError);
      outcome();
    };
    const onListening = () => settle(resolve);
    const onError = (error: Error) => settle(() => reject(error));
    server.once("listening", onListening).once("error", onError);
    start();
  });
}

/** In use, or kept from use by the system. */
function isPortTaken(error: unknown): boolean {
  return errorCode(error) === "EADDRINUSE" || errorCode(error) === "EACCES";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
