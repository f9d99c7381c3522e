/**
 * gRPC with mutual TLS over connections that somebody else has accepted. Loading this, with TLS, takes a while, which
 * is why `serve` does it when the handshake is out; loading the provider takes longer, and is done for the first
 * call that is not answered here.
 */
import { X509Certificate } from "node:crypto";
import type { Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket } from "node:tls";
import type { RedactingLogger } from "../logger";
import { builtAnswers } from "./built-answers";
import type { Certificate } from "./certificate";
import { connectionErrors, type GrpcMethods, grpcHandler, MAX_REQUEST_SIZE } from "./grpc";
import { Connection } from "./http2/connection";
import { processServices } from "./process-services";

export interface GrpcServerOptions {
  readonly certificate: Certificate;
  /** The certificate of the only client that is let in, in PEM. */
  readonly clientCertificate: string;
  /** Gives the provider's calls; whoever asks again gets the same. */
  readonly loadProvider: () => Promise<GrpcMethods>;
  readonly onConnection: (connection: Connection) => void;
  readonly onShutdown: () => void;
  readonly log: RedactingLogger;
}

/**
 * @returns what takes over an accepted connection
 * @throws when the client's certificate is none
 */
export function grpcServer(options: GrpcServerOptions): (connection: Socket) => void {
  const { certificate, loadProvider, onConnection, onShutdown, log } = options;
  const clientCertificate = new X509Certificate(options.clientCertificate);
  const own = new Map([...builtAnswers(), ...processServices(onShutdown)]);
  let provider: GrpcMethods | undefined;
  const load = async (path: string) => {
    provider = await loadProvider();
    return provider.get(path);
  };
  const find = (path: string) => own.get(path) ?? (provider === undefined ? load(path) : provider.get(path));

  const letIn = (connection: TLSSocket) => {
    if (connection.getPeerX509Certificate()?.raw.equals(clientCertificate.raw)) {
      onConnection(
        new Connection({
          socket: connection,
          maxBody: MAX_REQUEST_SIZE,
          onRequest: grpcHandler(find, log),
          onError: connectionErrors(log),
        }),
      );
      return;
    }
    log.warn("A client without the right certificate was refused");
    connection.destroy();
  };
  const tls = createTlsServer(
    {
      key: certificate.privateKey.export({ format: "pem", type: "pkcs8" }),
      cert: certificate.certificatePem,
      // TLS has the client prove that it owns the certificate; that it is the right one is seen in `letIn`. Node's
      // own check against a `ca` begins with parsing a hundred and forty public authorities: 50 ms, for nothing here.
      requestCert: true,
      rejectUnauthorized: false,
      ca: [],
      minVersion: "TLSv1.2",
      ALPNProtocols: ["h2"],
    },
    letIn,
  );
  tls.on("tlsClientError", (error) => log.warn("A client failed to set up TLS", { error }));
  return (connection) => tls.emit("connection", connection);
}
