/** What the calls of one provider process share. */
import { DiagnosticError } from "../diagnostics";
import type { RedactingLogger } from "../logger";
import type { Provider } from "../provider";
import type { Attributes } from "../schema/types";
import { Configuration } from "./configuration";
import { Stop } from "./stop";

export interface Session {
  readonly provider: Provider;
  readonly log: RedactingLogger;
  readonly configuration: Configuration;
  /** Comes when Terraform asks the provider to stop. */
  readonly stop: Stop;
}

export function newSession<A extends Attributes, Client>(provider: Provider<A, Client>, log: RedactingLogger): Session {
  return { provider, log, configuration: new Configuration(provider.name), stop: new Stop() };
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
