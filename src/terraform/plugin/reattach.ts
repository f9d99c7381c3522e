/**
 * A provider that Terraform does not start but is told of (`TF_REATTACH_PROVIDERS`), so that a debugger can hold it. It
 * serves any number of runs, one after another or at the same time.
 */
import { createServer as createListener } from "node:net";
import { tmpdir } from "node:os";
import type { RedactingLogger } from "../logger";
import type { ProviderServer } from "../protocol/tfplugin6";
import { connectionErrors, type GrpcMethods, grpcHandler, MAX_REQUEST_SIZE } from "./grpc";
import { PROVIDER_PROTOCOL_VERSION } from "./handshake";
import { Connection } from "./http2/connection";
import { listen } from "./listen";
import { processServices } from "./process-services";
import { providerService } from "./provider-service";

export interface ReattachOptions {
  /** The provider's source address, e.g. `registry.terraform.io/hashicorp/random`. */
  readonly address: string;
  readonly log: RedactingLogger;
  /** Makes the provider's side of the protocol, for each connection: a run has its own configuration and its own end. */
  createServer(log: RedactingLogger): Promise<ProviderServer>;
}

/** Without certificates a port would be open to every user of the machine. */
const NO_PORT = { minPort: 1, maxPort: 0 };

export interface Reattachable {
  /** The value of `TF_REATTACH_PROVIDERS`. */
  readonly value: string;
  close(): void;
}

/**
 * Listens on a socket that only this user can open; there is no TLS, since nobody exchanges certificates.
 * @throws when no Unix socket can be made
 */
export async function serveReattached({ address, log, createServer: load }: ReattachOptions): Promise<Reattachable> {
  const connections = new Set<Connection>();
  const onError = connectionErrors(log);
  const listener = createListener((socket) => {
    const own = new Map(processServices(() => connection.close()));
    let methods: Promise<GrpcMethods> | undefined;
    const find = async (path: string) => {
      methods ??= load(log).then((server) => providerService(server, log));
      return own.get(path) ?? (await methods).get(path);
    };
    const onRequest = grpcHandler(find, log);
    const connection = new Connection({ socket, maxBody: MAX_REQUEST_SIZE, onRequest, onError });
    connections.add(connection);
    void connection.closed.then(() => connections.delete(connection));
  });
  const { network, address: socket } = await listen(listener, NO_PORT, [tmpdir(), "/tmp"]);
  const place = { Network: network, String: socket };
  const reattach = { Protocol: "grpc", ProtocolVersion: PROVIDER_PROTOCOL_VERSION, Pid: process.pid, Test: true };
  return {
    value: JSON.stringify({ [address]: { ...reattach, Addr: place } }),
    close() {
      listener.close();
      for (const connection of connections) connection.destroy();
    },
  };
}
