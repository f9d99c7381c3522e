/** The gRPC service `tfplugin6.Provider` around a `ProviderServer`. */
import type { RedactingLogger } from "../logger";
import {
  PROVIDER_RPCS,
  PROVIDER_STREAMS,
  type RequestOf,
  type ResponseOf,
  type RpcHandlers,
  type RpcName,
  type StreamHandlers,
  type StreamName,
} from "../protocol/tfplugin6";
import type { GrpcMethod, GrpcMethods } from "./grpc";

type Codecs<Names extends RpcName | StreamName> = {
  readonly [Name in Names]: {
    readonly request: { decode(bytes: Uint8Array): RequestOf<Name> };
    readonly response: { encode(answer: ResponseOf<Name>): Uint8Array };
  };
};
/** What the calls have in common, in a form in which the request's type follows from the name. */
const RPCS: Codecs<RpcName> = PROVIDER_RPCS;
const STREAMS: Codecs<StreamName> = PROVIDER_STREAMS;
const RPC_NAMES = Object.keys(RPCS) as RpcName[];
const STREAM_NAMES = Object.keys(STREAMS) as StreamName[];

type Handlers = Partial<RpcHandlers & StreamHandlers>;

/**
 * Every call that a provider implements, by path.
 *
 * A server answers with diagnostics, never by throwing, because Terraform forgets an object whose call fails as such.
 * If it throws all the same, or the request cannot be read, the error becomes a diagnostic here.
 */
export function providerService(server: Handlers, log: RedactingLogger): GrpcMethods {
  return new Map([
    ...RPC_NAMES.flatMap((name) => rpcMethod(name, server[name], log)),
    ...STREAM_NAMES.flatMap((name) => streamMethod(name, server[name], log)),
  ]);
}

/** In place of a server that could not be made: every call fails with the error. */
export function failingServer(error: unknown): Handlers {
  const fail = (): never => {
    throw error;
  };
  return Object.fromEntries([...RPC_NAMES, ...STREAM_NAMES].map((name) => [name, fail]));
}

/** @returns e.g. "/tfplugin6.Provider/ReadResource" for "readResource" */
export function rpcPath(name: RpcName | StreamName): string {
  return `/tfplugin6.Provider/${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

type Entry = readonly [string, GrpcMethod];

function rpcMethod<Name extends RpcName>(
  name: Name,
  handler: RpcHandlers[Name] | undefined,
  log: RedactingLogger,
): readonly Entry[] {
  if (handler === undefined) return [];
  const { request, response } = RPCS[name];
  const unary = async (bytes: Uint8Array) => {
    try {
      return response.encode(await handler(request.decode(bytes)));
    } catch (error) {
      return response.encode(failure(name, error, log));
    }
  };
  return [[rpcPath(name), { unary }]];
}

function streamMethod<Name extends StreamName>(
  name: Name,
  handler: StreamHandlers[Name] | undefined,
  log: RedactingLogger,
): readonly Entry[] {
  if (handler === undefined) return [];
  const { request, response } = STREAMS[name];
  const stream = async function* (bytes: Uint8Array, signal: AbortSignal) {
    try {
      for await (const event of handler(request.decode(bytes), signal)) yield response.encode(event);
    } catch (error) {
      if (!signal.aborted) yield response.encode(failure(name, error, log));
    }
  };
  return [[rpcPath(name), { stream }]];
}

/** The error, in whichever field the call's answer has for errors. */
function failure<Name extends RpcName | StreamName>(
  name: Name,
  error: unknown,
  log: RedactingLogger,
): ResponseOf<Name> {
  log.error("A call failed unexpectedly", { rpc: name, error });
  return failureFields(
    name,
    log.secrets.redact(error instanceof Error ? error.message : String(error)),
  ) as ResponseOf<Name>;
}

function failureFields(
  name: RpcName | StreamName,
  text: string,
): ResponseOf<"stopProvider" | "callFunction" | "listResource" | "readResource"> {
  if (name === "stopProvider") return { error: text };
  if (name === "callFunction") return { error: { text } };
  const detail = `${text}\n\nThis is a fault of the provider; its log (TF_LOG=DEBUG) says where.`;
  const diagnostic = [{ severity: "ERROR", summary: "Unexpected error in the provider", detail } as const];
  return name === "listResource" ? { diagnostic } : { diagnostics: diagnostic };
}
