import { once } from "node:events";
import { createServer } from "node:https";
import { type AddressInfo, isIP } from "node:net";
import { type ByHand, byHand } from "./by-hand";
import { Clock } from "./clock";
import type { Faults } from "./faults/faults";
import { defaultHabits, type Habits } from "./habits";
import { Pipeline } from "./http/pipeline";
import { Router } from "./http/router";
import { administrator, Sessions } from "./http/sessions";
import { createInventoryWorld } from "./inventory/inventory-world";
import { defaultPassword, type SimulatorOptions } from "./options";
import type { RequestLog } from "./requests";
import { routes } from "./routes";
import { createServerIdentity } from "./tls/server-identity";
import { createDefaultWorld } from "./world/default-world";
import { Identifiers } from "./world/identifiers";
import type { World } from "./world/world";

/** A running Integration Server. */
export interface Simulator extends ByHand {
  /** `host:port`, such as `127.0.0.1:40123`. */
  readonly address: string;
  /** `https://` and the address. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** PEM: the server's own certificate, which is its own authority. */
  readonly caCertificate: string;
  /** Of the server's own certificate, in upper-case hexadecimal digits. */
  readonly thumbprints: { readonly sha1: string; readonly sha256: string };
  /** What was asked so far. */
  readonly requests: RequestLog;
  /** What shall go wrong. */
  readonly faults: Faults;
  /** How it behaves; may be changed at any time. */
  readonly habits: Habits;
  /** What there is, to be looked at and changed. */
  readonly world: World;
  /** Ends every token at once. */
  expireTokens(): void;
  /** Closes every connection and stops listening; tasks stop where they are. */
  stop(): Promise<void>;
}

const hour = 60 * 60 * 1000;

/**
 * Starts an Integration Server.
 *
 * @throws if the port is taken, or if an inventory does not fit together
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const host = options.host ?? "127.0.0.1";
  const password = options.password ?? defaultPassword;
  const clock = new Clock(options.timeScale ?? 1);
  const habits: Habits = { ...defaultHabits, ...options.habits };
  const identifiers = new Identifiers(options.seed ?? "ksvla");
  const world =
    options.inventory === undefined
      ? createDefaultWorld(clock, identifiers, habits, options.generated ?? {})
      : createInventoryWorld(clock, identifiers, habits, options.inventory);
  const lifetime = options.tokenLifetime ?? hour;
  const sessions = new Sessions(clock, identifiers, habits, password, lifetime);
  const pipeline = new Pipeline(new Router(routes), { world, clock, sessions }, ownNames(host), options.onAnswered);

  const identity = createServerIdentity([...new Set(["localhost", "127.0.0.1", "::1", host])]);
  const server = createServer({ key: identity.privateKey, cert: identity.certificate }, (incoming, outgoing) => {
    // A client that goes away in the middle of its request is its own business.
    pipeline.serve(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  server.listen(options.port ?? 0, host);
  await once(server, "listening");
  const address = formatAddress(server.address());

  return {
    ...byHand(world),
    address,
    url: `https://${address}`,
    username: administrator,
    password,
    caCertificate: identity.certificate,
    thumbprints: identity.thumbprints,
    requests: pipeline.requests,
    faults: pipeline.faults,
    habits,
    world,
    expireTokens: () => sessions.expireAll(),
    stop: async () => {
      clock.stop();
      if (server.listening) {
        const closed = once(server, "close");
        server.close();
        server.closeAllConnections();
        await closed;
      }
    },
  };
}

/** A name that leads here by somebody else's wish is none of ours; an IP address is no name. */
function ownNames(host: string): (header: string) => boolean {
  return (header) => {
    const name = header.replace(/:\d+$/, "").toLowerCase();
    return name === "localhost" || name === host.toLowerCase() || isIP(name.replace(/^\[|\]$/g, "")) !== 0;
  };
}

function formatAddress(bound: AddressInfo | string | null): string {
  if (bound === null || typeof bound === "string") {
    throw new TypeError("An HTTPS server listens on an IP address and a port.");
  }
  return bound.family === "IPv6" ? `[${bound.address}]:${bound.port}` : `${bound.address}:${bound.port}`;
}
