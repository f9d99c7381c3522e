/** What the calls of one provider process share. */
import { setMaxListeners } from "node:events";
import { DiagnosticError } from "../diagnostics";
import type { RedactingLogger } from "../logger";
import type { Provider } from "../provider";
import type { Attributes } from "../schema/types";
import { Configuration } from "./configuration";

export interface Session {
  readonly provider: Provider;
  readonly log: RedactingLogger;
  readonly configuration: Configuration;
  /** Aborted when Terraform asks the provider to stop. */
  readonly stop: AbortController;
}

export function newSession<A extends Attributes, Client>(provider: Provider<A, Client>, log: RedactingLogger): Session {
  const stop = new AbortController();
  // Each operation in progress listens; Node.js would warn of a leak from the eleventh on.
  setMaxListeners(0, stop.signal);
  return { provider, log, configuration: new Configuration(provider.name), stop };
}

/** The resource, data source or ephemeral resource that a call is about. */
export function definitionOf<D>(
  definitions: Readonly<Record<string, D>> | undefined,
  kind: "resource" | "data source" | "ephemeral resource" | "list resource",
  typeName: string,
): D {
  const definition =
    definitions !== undefined && Object.hasOwn(definitions, typeName) ? definitions[typeName] : undefined;
  if (definition !== undefined) return definition;
  throw new DiagnosticError(
    `Unknown ${kind} type`,
    `The provider has no ${kind} "${typeName}". Check its name; a newer version of the provider may have it.`,
  );
}
