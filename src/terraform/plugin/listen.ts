/** Where the plugin waits for Terraform: a Unix socket, or a loopback port where there are none. */
import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { errorCode } from "./error-code";
import type { ListenAddress } from "./handshake";

/** What fits into a socket address on macOS (104 bytes with its end), the least of all systems. */
const LONGEST_SOCKET_PATH = 103;

export interface PortRange {
  /** Zero for any port. */
  readonly minPort: number;
  readonly maxPort: number;
}

/**
 * Starts listening. The socket's folder, open to this user alone, is removed when the process exits.
 * @throws when nothing can be listened on
 */
export async function listen(server: Server, ports: PortRange, platform = process.platform): Promise<ListenAddress> {
  if (platform === "win32") return listenOnLoopback(server, ports);
  const folder = privateFolder();
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "plugin.sock");
  await listening(server, () => server.listen(path));
  return { network: "unix", address: path };
}

function privateFolder(): string {
  const folder = join(tmpdir(), "tf-plugin-");
  const fits = Buffer.byteLength(join(`${folder}XXXXXX`, "plugin.sock")) <= LONGEST_SOCKET_PATH;
  return mkdtempSync(fits ? folder : "/tmp/tf-plugin-");
}

async function listenOnLoopback(server: Server, { minPort, maxPort }: PortRange): Promise<ListenAddress> {
  for (let port = minPort; port <= maxPort; port++) {
    try {
      await listening(server, () => server.listen(port, "127.0.0.1"));
    } catch (error) {
      if (port === maxPort || !isPortTaken(error)) throw error;
      continue;
    }
    const bound = server.address();
    if (bound !== null && typeof bound === "object") return { network: "tcp", address: `127.0.0.1:${bound.port}` };
  }
  throw new RangeError(`There is no port between PLUGIN_MIN_PORT (${minPort}) and PLUGIN_MAX_PORT (${maxPort})`);
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

/** In use, or kept from use by the system, as Windows does with ranges of ports. */
function isPortTaken(error: unknown): boolean {
  return errorCode(error) === "EADDRINUSE" || errorCode(error) === "EACCES";
}
