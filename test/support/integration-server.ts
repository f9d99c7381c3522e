/** The REST client of a simulator. */
import { randomUUID } from "node:crypto";
import { IntegrationServer } from "../../src/integration-server";
import { formatAddress } from "../../src/integration-server/address";
import { Secret } from "../../src/integration-server/http/secret";
import { Journal, type JournalOptions, MemoryStore } from "../../src/journal";
import { Notes } from "../../src/notes";
import type { Client } from "../../src/resources/shared/client";
import type { Simulator } from "../../src/simulator";
import { FakeClock } from "./fake-clock";
import { hurried } from "./hurried-clock";
import { quietLog } from "./quiet-log";

/** Waits as little as everything in a test's simulator does. */
export function clientOf({ address, password, caCertificate }: Simulator): IntegrationServer {
  return new IntegrationServer({
    address,
    password: new Secret(password),
    caCertificate,
    pollInterval: 1_000,
    log: quietLog(),
    ...hurried,
  });
}

/** Does not wait at all: for what is seen only when time is up. */
export function restlessClientOf({ address, password, caCertificate }: Simulator): IntegrationServer {
  const patience = { pollInterval: 20_000, ...hurried, clock: FakeClock.skipping() };
  return new IntegrationServer({
    address,
    password: new Secret(password),
    caCertificate,
    log: quietLog(),
    ...patience,
  });
}

/** What life cycles of a run of its own work with; what they have begun is forgotten with them unless told otherwise. */
export function clientFor(server: IntegrationServer, options: Partial<JournalOptions> = {}): Client {
  const journal = new Journal({
    store: new MemoryStore(),
    server: formatAddress(server.address),
    scope: { workspace: "default", stack: "test" },
    run: randomUUID(),
    now: () => server.pace.clock.wall(),
    isRequired: true,
    report: (error) => {
      throw error;
    },
    ...options,
  });
  return { server, journal, notes: new Notes() };
}

/** Simulated seconds are hundredths of real ones. */
export const TIME_SCALE = 0.01;
