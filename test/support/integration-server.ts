/** The REST client of a simulator. */
import { IntegrationServer } from "../../src/integration-server";
import type { Client } from "../../src/resources/shared/client";
import type { Simulator } from "../../src/simulator";
import { hurried } from "./hurried-clock";

/** Waits as little as everything in a test's simulator does. */
export function clientOf({ address, password, caCertificate }: Simulator): IntegrationServer {
  return new IntegrationServer({ address, password, caCertificate, pollInterval: 1_000, ...hurried });
}

/** What life cycles of a run of its own work with. */
export function clientFor(server: IntegrationServer): Client {
  return { server };
}

/** Simulated seconds are hundredths of real ones. */
export const TIME_SCALE = 0.01;
