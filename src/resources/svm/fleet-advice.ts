/** What is the matter with a connection, and so with all of its SVMs: advice is given once in a run, and not a hundred times. */
import type { Uncertainty } from "../../integration-server";
import type { Client } from "../shared/client";

/** Connections of which advice was given, by the client of a run. */
const given = new WeakMap<Client, Set<string>>();

export function concernsAll(why: Uncertainty): boolean {
  return why === "down" || why === "missing" || why === "unsettled";
}

/** The advice, or where it stands. Terraform merges warnings of one summary, but shows each error by itself. */
export function adviceOnce(advice: string, infrastructureId: string, client: Client): string {
  const connections = given.get(client) ?? new Set();
  given.set(client, connections);
  if (connections.has(infrastructureId)) return "The first such error about an SVM of this connection says what to do.";
  connections.add(infrastructureId);
  return advice;
}
