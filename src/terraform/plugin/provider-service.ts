/** The gRPC service `tfplugin6.Provider` around a `ProviderServer`. */
import type { RedactingLogger } from "../logger";
import {
  PROVIDER_RPCS,
  PROVIDER_STREAMS,
  type ProviderServer,
  type RequestOf,
  type ResponseOf,
  type RpcHandlers,
  type RpcName,
  type StreamHandlers,
  type StreamName,
} from "../protocol/tfplugin6";
import { GrpcError, type GrpcMethod, GrpcStatus } from "./grpc";

type Codecs<Names extends RpcName | StreamName> = {
  readonly [Name in Names]: {
    readonly request: { decode(bytes: Uint8Array): RequestOf<Name> };
    readonly response: { encode(answer: ResponseOf<Name>): Uint8Array };
  };
};
/** What the calls have in common, in a form in which the request's type follows from the name. */
const RPCS: Codecs<RpcName> = PROVIDER_RPCS;
const STREAMS: Codecs<StreamName> = PROVIDER_STREAMS;

interface Service {
  /** The server may still be loading: calls wait for it. */
  load(): Promise<ProviderServer>;
  readonly log: RedactingLogger;
}

/**
 * Every call of the provider, by path.
 *
 * A server answers with diagnostics, never by throwing, because Terraform forgets an object whose call fails as such.
 * If it throws all the same, or could not be loaded, or the request cannot be read, the error becomes a diagnostic here.
 */
export function providerService(service: Service): readonly (readonly [string, GrpcMethod])[] {
  return [
    ...(Object.keys(RPCS) as RpcName[]).map((name) => [rpcPath(name), rpcMethod(name, service)] as const),
    ...(Object.keys(STREAMS) as StreamName[]).map((name) => [rpcPath(name), streamMethod(name, service)] as const),
  ];
}

/** @returns e.g. "/tfplugin6.Provider/ReadResource" for "readResource" */
function rpcPath(name: RpcName | StreamName): string {
  return `/tfplugin6.Provider/${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function rpcMethod<Name extends RpcName>(name: Name, { load, log }: Service): GrpcMethod {
  const { request, response } = RPCS[name];
  const unary = async (bytes: Uint8Array) => {
    try {
      const handlers: Partial<RpcHandlers> = await load();
      const handler = handlers[name] ?? unimplemented(name);
      return response.encode(await handler(request.decode(bytes)));
    } catch (error) {
      return response.encode(failure(name, error, log));
    }
  };
  return { unary };
}

function streamMethod<Name extends StreamName>(name: Name, { load, log }: Service): GrpcMethod {
  const { request, response } = STREAMS[name];
  const stream = async function* (bytes: Uint8Array, signal: AbortSignal) {
    try {
      const handlers: Partial<StreamHandlers> = await load();
      const handler = handlers[name] ?? unimplemented(name);
      for await (const event of handler(request.decode(bytes), signal)) yield response.encode(event);
    } catch (error) {
      if (!signal.aborted) yield response.encode(failure(name, error, log));
    }
  };
  return { stream };
}

function unimplemented(name: string): never {
  throw new GrpcError(GrpcStatus.UNIMPLEMENTED, `The provider does not implement ${name}`);
}

/**
 * The error, in whichever field the call's answer has for errors.
 * @throws what gRPC itself has to say
 */
function failure<Name extends RpcName | StreamName>(
  name: Name,
  error: unknown,
  log: RedactingLogger,
): ResponseOf<Name> {
  if (error instanceof GrpcError) throw error;
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
