/** A real HTTPS server on loopback that answers as the test tells it to, and remembers what it was asked. */
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { IntegrationServer, type IntegrationServerOptions } from "../../src/integration-server";
import { Secret } from "../../src/integration-server/http/secret";
import { makeCertificate, type TestCertificate } from "../support/certificates";
import { FakeClock } from "../support/fake-clock";
import { quietLog } from "../support/quiet-log";

export interface Received {
  readonly method: string;
  /** As it came over the wire. */
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface Answer {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: unknown;
}

/** Answers one request, or takes the response over by returning nothing. */
export type Handler = (
  received: Received,
  response: ServerResponse,
) => Answer | undefined | Promise<Answer | undefined>;

export const PASSWORD = "S3cret-pässword";
export const TOKEN = "the-access-token";

let certificate: Promise<TestCertificate> | undefined;
/** One certificate for all tests that do not care about it. */
export function sharedCertificate(): Promise<TestCertificate> {
  certificate ??= makeCertificate();
  return certificate;
}

const running = new Set<FakeServer>();
afterEach(async () => {
  for (const server of running) await server.close();
});

export class FakeServer {
  /** All requests but those for a token. */
  readonly received: Received[] = [];
  readonly tokenRequests: Received[] = [];
  /** Connections that came so far. */
  connections = 0;
  /** What answers a request for a token. */
  signIn: Handler = () => ({ body: tokenAnswer() });
  readonly #handlers = new Map<string, Handler>();

  private constructor(
    readonly https: Server,
    readonly certificate: TestCertificate,
  ) {
    https.on("connection", () => {
      this.connections += 1;
    });
    https.on("request", (request, response) => void this.#answer(request, response));
  }

  static async start(certificate?: TestCertificate, port = 0): Promise<FakeServer> {
    const identity = certificate ?? (await sharedCertificate());
    const server = new FakeServer(createServer({ cert: identity.certificate, key: identity.key }), identity);
    server.https.listen(port, "127.0.0.1");
    await once(server.https, "listening");
    running.add(server);
    return server;
  }

  get port(): number {
    return (this.https.address() as AddressInfo).port;
  }

  /** Answers `GET /path?query`; several answers are given one after the other, the last one again and again. */
  on(call: string, ...answers: readonly (Answer | Handler)[]): this {
    let next = 0;
    this.#handlers.set(call, (received, response) => {
      const answer = answers[Math.min(next, answers.length - 1)] ?? {};
      next += 1;
      return typeof answer === "function" ? answer(received, response) : answer;
    });
    return this;
  }

  /** A client of this server, which trusts its certificate; for which pauses take no time, and limits are far away. */
  client(options: Partial<IntegrationServerOptions> = {}): IntegrationServer {
    return new IntegrationServer({
      address: `127.0.0.1:${this.port}`,
      password: new Secret(PASSWORD),
      thumbprint: this.certificate.sha256,
      clock: FakeClock.skipping(),
      log: quietLog(),
      ...options,
    });
  }

  async close(): Promise<void> {
    running.delete(this);
    this.https.closeAllConnections();
    if (this.https.listening) await new Promise((resolve) => this.https.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = request;
    const received = { method, url, headers, body: await text(request) };
    const isSignIn = url === "/api/3.0/auth/tokens";
    (isSignIn ? this.tokenRequests : this.received).push(received);
    const unknown: Handler = () => ({ status: 405, body: `nothing is set up for ${method} ${url}` });
    const handler = isSignIn ? this.signIn : (this.#handlers.get(`${method} ${url}`) ?? unknown);
    const answer = await handler(received, response);
    if (!answer) return;
    const { status = 200, headers: extra = {}, body = "" } = answer;
    const json = typeof body !== "string";
    response.writeHead(status, { ...(json && { "content-type": "application/json" }), ...extra });
    response.end(json ? JSON.stringify(body) : body);
  }
}

/** What a successful sign-in yields, with a session that lasts some milliseconds. */
export function tokenAnswer(token = TOKEN, life = 3_600_000, serverTime = Date.now()): unknown {
  const at = (offset: number): string => new Date(serverTime + offset).toISOString();
  return {
    accessToken: { value: token },
    refreshToken: { value: "refresh" },
    session: { id: "s", createdAt: at(0), updatedAt: at(0), activeTo: at(life), validTo: at(life * 2) },
  };
}
