/** Terraform's side of the protocol, in process: every message is encoded and decoded on its way. */
import type { Provider } from "../../../src/terraform";
import type { RedactingLogger } from "../../../src/terraform/logger";
import { Redactor } from "../../../src/terraform/plugin/redaction";
import {
  type DynamicValue,
  PROVIDER_RPCS,
  PROVIDER_STREAMS,
  type ProviderServer,
  type RequestOf,
  type ResponseOf,
  type RpcHandlers,
  type RpcName,
} from "../../../src/terraform/protocol/tfplugin6";
import { ctyTypeOfAttributes } from "../../../src/terraform/schema/cty-type";
import { completeObject } from "../../../src/terraform/schema/objects";
import type { Schema } from "../../../src/terraform/schema/schema";
import type { Attributes } from "../../../src/terraform/schema/types";
import { createProviderServer } from "../../../src/terraform/server/create-provider-server";
import { decode } from "../../../src/terraform/values/msgpack/decode";
import { encode } from "../../../src/terraform/values/msgpack/encode";
import type { ObjectValue } from "../../../src/terraform/values/value";
import { proposedNewState } from "../../support/proposed-new-state";

type Init<Name extends RpcName> = Parameters<(typeof PROVIDER_RPCS)[Name]["request"]["encode"]>[0];
type Decoded<Name extends RpcName> = ReturnType<(typeof PROVIDER_RPCS)[Name]["response"]["decode"]>;
interface Codec {
  readonly request: { encode(value: object): Uint8Array; decode(bytes: Uint8Array): object };
  readonly response: { encode(value: object): Uint8Array; decode(bytes: Uint8Array): object };
}

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A log kept in memory, with what the server declared secret. */
export function memoryLog() {
  const lines: LogLine[] = [];
  const secrets: string[] = [];
  const redactor = new Redactor();
  const at =
    (level: string) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}) => {
      lines.push({ level, message, fields });
    };
  const log: RedactingLogger = {
    trace: at("trace"),
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    secrets: {
      add(secret) {
        secrets.push(secret);
        redactor.add(secret);
      },
      redact: (text) => redactor.redact(text),
    },
  };
  return { log, lines, secrets };
}

/** What a diagnostic says, briefly: `ERROR Summary @ path: detail`. */
export function brief(diagnostics: Decoded<"readResource">["diagnostics"]): string[] {
  return diagnostics.map(({ severity, summary, detail, attribute }) => {
    const path = attribute?.steps.map(({ selector }) => Object.values(selector ?? {})[0]).join(".");
    return `${severity} ${summary}${path === undefined ? "" : ` @ ${path}`}: ${detail}`;
  });
}

export class TestClient {
  readonly memory = memoryLog();
  readonly server: ProviderServer;

  constructor(
    private readonly provider: Pick<
      Provider,
      "schema" | "resources" | "dataSources" | "ephemeralResources" | "listResources"
    >,
  ) {
    this.server = createProviderServer(provider as Provider, { log: this.memory.log });
  }

  async call<Name extends RpcName>(name: Name, request: Init<Name>): Promise<Decoded<Name>> {
    const { request: requests, response: responses }: Codec = PROVIDER_RPCS[name] as unknown as Codec;
    const handlers: Partial<RpcHandlers> = this.server;
    const handle = handlers[name] as ((request: RequestOf<Name>) => Promise<ResponseOf<Name>>) | undefined;
    if (handle === undefined) throw new Error(`${name} is not implemented`);
    const answer = await handle(requests.decode(requests.encode(request as object)) as RequestOf<Name>);
    return responses.decode(responses.encode(answer)) as Decoded<Name>;
  }

  /** The events of a stream, until it ends or the signal says that nobody wants more. */
  async *list(
    request: Parameters<typeof PROVIDER_STREAMS.listResource.request.encode>[0],
    signal = new AbortController().signal,
  ) {
    const { request: requests, response: responses } = PROVIDER_STREAMS.listResource;
    const events = this.server.listResource?.(requests.decode(requests.encode(request)), signal) ?? [];
    for await (const event of events) yield responses.decode(responses.encode(event));
  }

  async configure(config: ObjectValue, schema: Schema = this.provider.schema) {
    const { diagnostics } = await this.call("configureProvider", {
      terraformVersion: "1.11.4",
      config: dynamic(schema.attributes, config),
    });
    return brief(diagnostics);
  }

  attributesOf(typeName: string): Attributes {
    const found =
      this.provider.resources[typeName] ??
      this.provider.dataSources[typeName] ??
      this.provider.ephemeralResources?.[typeName];
    if (found === undefined) throw new Error(`No type ${typeName}`);
    return found.schema.attributes;
  }

  /** Plans as Terraform does. Without `config` the object is to be destroyed. */
  async plan(
    typeName: string,
    { config, prior = null }: { readonly config?: ObjectValue; readonly prior?: ObjectValue | null },
  ) {
    const attributes = this.attributesOf(typeName);
    const before = prior === null ? null : completeObject(attributes, prior);
    const configured = config === undefined ? null : completeObject(attributes, config);
    const proposed = configured === null ? null : proposedNewState(attributes, before, configured);
    const answer = await this.call("planResourceChange", {
      typeName,
      priorState: dynamic(attributes, before),
      config: dynamic(attributes, configured),
      proposedNewState: dynamic(attributes, proposed),
      priorPrivate: Buffer.from("kept"),
    });
    return {
      planned: plain(attributes, answer.plannedState),
      requiresReplace: answer.requiresReplace.map(({ steps }) =>
        steps.map(({ selector }) => Object.values(selector ?? {})[0]).join("."),
      ),
      private: Buffer.from(answer.plannedPrivate).toString(),
      diagnostics: brief(answer.diagnostics),
    };
  }

  async apply(
    typeName: string,
    {
      config,
      prior = null,
      planned,
    }: { readonly config?: ObjectValue; readonly prior?: ObjectValue | null; readonly planned: ObjectValue | null },
  ) {
    const attributes = this.attributesOf(typeName);
    const answer = await this.call("applyResourceChange", {
      typeName,
      priorState: dynamic(attributes, prior),
      plannedState: dynamic(attributes, planned),
      config: dynamic(attributes, config ?? null),
      plannedPrivate: Buffer.from("kept"),
    });
    return {
      state: plain(attributes, answer.newState),
      private: Buffer.from(answer.private).toString(),
      diagnostics: brief(answer.diagnostics),
    };
  }

  /** Plans and applies in one go. */
  async change(typeName: string, situation: { readonly config?: ObjectValue; readonly prior?: ObjectValue | null }) {
    const { planned } = await this.plan(typeName, situation);
    return this.apply(typeName, { ...situation, planned });
  }

  async read(typeName: string, state: ObjectValue) {
    const attributes = this.attributesOf(typeName);
    const answer = await this.call("readResource", {
      typeName,
      currentState: dynamic(attributes, state),
      private: Buffer.from("kept"),
    });
    return {
      state: plain(attributes, answer.newState),
      private: Buffer.from(answer.private).toString(),
      diagnostics: brief(answer.diagnostics),
    };
  }
}

export function dynamic(attributes: Attributes, value: ObjectValue | null): DynamicValue {
  return { msgpack: encode(ctyTypeOfAttributes(attributes), value) };
}

/** What is in a message, as an object; null also where there is no message, as Terraform takes it. */
export function plain(attributes: Attributes, value: DynamicValue | undefined): ObjectValue | null {
  if (value?.msgpack === undefined) return null;
  return decode(ctyTypeOfAttributes(attributes), value.msgpack) as ObjectValue | null;
}
