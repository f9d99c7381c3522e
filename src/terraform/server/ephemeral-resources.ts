/** OpenEphemeralResource, RenewEphemeralResource, CloseEphemeralResource: values that live for one run. */

import type { RequestOf, Timestamp } from "../protocol/tfplugin6";
import { configWithDefaults } from "../schema/objects";
import type { Call } from "./call";
import { decodeConfig, encodeObject } from "./dynamic-values";
import { runOperation } from "./operation";
import { decodePrivate } from "./private-state";
import { learnSecrets } from "./secrets";
import { definitionOf, type Session } from "./session";
import { stateProblems, storable } from "./state-check";

export function openEphemeralResource(session: Session) {
  return async ({ typeName, config: value }: RequestOf<"openEphemeralResource">, call: Call) => {
    const ephemeral = ephemeralOf(session, typeName);
    const { attributes } = ephemeral.schema;
    const config = configWithDefaults(attributes, decodeConfig(attributes, value));
    learnSecrets(session.log.secrets, attributes, config);
    const opened = await runOperation(session, call, { name: "open", typeName }, { config }, (request) =>
      ephemeral.open(request),
    );
    learnSecrets(session.log.secrets, attributes, opened.result);
    call.add(...stateProblems(attributes, opened.result));
    return { result: encodeObject(attributes, storable(attributes, opened.result)), ...lease(opened) };
  };
}

export function renewEphemeralResource(session: Session) {
  return async ({ typeName, private: kept }: RequestOf<"renewEphemeralResource">, call: Call) => {
    const ephemeral = ephemeralOf(session, typeName);
    const renew = ephemeral.renew?.bind(ephemeral);
    if (renew === undefined) return { private: kept };
    const fields = { private: decodePrivate(kept) };
    return lease(await runOperation(session, call, { name: "renew", typeName }, fields, renew));
  };
}

export function closeEphemeralResource(session: Session) {
  return async ({ typeName, private: kept }: RequestOf<"closeEphemeralResource">, call: Call) => {
    const ephemeral = ephemeralOf(session, typeName);
    const close = ephemeral.close?.bind(ephemeral);
    const fields = { private: decodePrivate(kept) };
    if (close !== undefined) await runOperation(session, call, { name: "close", typeName }, fields, close);
    return {};
  };
}

function ephemeralOf({ provider }: Session, typeName: string) {
  return definitionOf(provider.ephemeralResources, "ephemeral resource", typeName);
}

type Private = Readonly<Record<string, unknown>>;

/** How long an opened resource lasts, and what it takes to renew or close it. */
function lease({ renewAt, private: kept }: { readonly renewAt?: Date; readonly private?: Private }) {
  return {
    ...(renewAt !== undefined && { renewAt: timestamp(renewAt) }),
    ...(kept !== undefined && { private: Buffer.from(JSON.stringify(kept)) }),
  };
}

function timestamp(date: Date): Timestamp {
  const milliseconds = date.getTime();
  const seconds = Math.floor(milliseconds / 1000);
  return { seconds, nanos: (milliseconds - seconds * 1000) * 1_000_000 };
}
