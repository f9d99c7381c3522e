/** ReadDataSource: looks something up. */
import { setImmediate } from "node:timers/promises";
import type { RequestOf } from "../protocol/tfplugin6";
import { configWithDefaults, withoutWriteOnly } from "../schema/objects";
import { boundOf } from "./bounds";
import type { Call } from "./call";
import { decodeConfig, encodeObjectInTurns } from "./dynamic-values";
import { runOperation } from "./operation";
import { learnSecrets } from "./secrets";
import { definitionOf, type Session } from "./session";
import { stateProblems, storable } from "./state-check";

export function readDataSource(session: Session) {
  return async ({ typeName, config: value }: RequestOf<"readDataSource">, call: Call) => {
    const dataSource = definitionOf(session.provider.dataSources, "data source", typeName);
    const { attributes } = dataSource.schema;
    const config = configWithDefaults(attributes, decodeConfig(attributes, value));
    learnSecrets(session.log.secrets, attributes, config);
    const operation = { name: "read", typeName, bound: boundOf(attributes, "read", config) } as const;
    const state = await runOperation(session, call, operation, { config }, (request) => dataSource.read(request));
    // What is looked up may be fifty thousand machines: other calls have their turn before each part of the work.
    await setImmediate();
    const problems = stateProblems(attributes, state);
    call.add(...problems);
    await setImmediate();
    const stored = problems.length === 0 ? withoutWriteOnly(attributes, state) : storable(attributes, state);
    return { state: await encodeObjectInTurns(attributes, stored) };
  };
}
