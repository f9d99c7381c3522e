/**
 * gRPC with mutual TLS over connections that somebody else has accepted. Loading this, with HTTP/2 and TLS, takes a while,
 * which is why `serve` does it when the handshake is out; loading the provider takes longer, and is done for the first
 * call that is not answered here.
 */
import { X509Certificate } from "node:crypto";
import { createServer, type ServerHttp2Session } from "node:http2";
import type { Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket } from "node:tls";
import type { RedactingLogger } from "../logger";
import { builtAnswers } from "./built-answers";
import type { Certificate } from "./certificate";
import { type GrpcMethods, grpcHandler } from "./grpc";
import { processServices } from "./process-services";

export interface GrpcServerOptions {
  readonly certificate: Certificate;
  /** The certificate of the only client that is let in, in PEM. */
  readonly clientCertificate: string;
  /** Gives the provider's calls; whoever asks again gets the same. */
  readonly loadProvider: () => Promise<GrpcMethods>;
  readonly onSession: (session: ServerHttp2Session) => void;
  readonly onShutdown: () => void;
  readonly log: RedactingLogger;
}

/** In MiB. Node's own limit of 10 would refuse calls while one large answer waits to be sent. */
export const SESSION_MEMORY = { maxSessionMemory: 1024 };

/**
 * @returns what takes over an accepted connection
 * @throws when the client's certificate is none
 */
export function grpcServer(options: GrpcServerOptions): (connection: Socket) => void {
  const { certificate, loadProvider, onSession, onShutdown, log } = options;
  const clientCertificate = new X509Certificate(options.clientCertificate);
  const http2 = createServer(SESSION_MEMORY);
  const own = new Map([...builtAnswers(), ...processServices(onShutdown)]);
  const find = async (path: string) => own.get(path) ?? (await loadProvider()).get(path);
  http2.on("stream", grpcHandler(find, log));
  http2.on("session", onSession);
  http2.on("sessionError", (error) => log.debug("A connection broke", { error }));

  const letIn = (connection: TLSSocket) => {
    if (connection.getPeerX509Certificate()?.raw.equals(clientCertificate.raw)) {
      http2.emit("connection", connection);
      return;
    }
    log.warn("A client without the right certificate was refused");
    connection.destroy();
  };
  const tls = createTlsServer(
    {
      key: certificate.keyPem,
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
