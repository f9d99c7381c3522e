/** The gRPC service `tfplugin6.Provider` around a `ProviderServer`. */
import type { Logger } from "../logger";
import {
  PROVIDER_RPCS,
  type ProviderServer,
  type RequestOf,
  type ResponseOf,
  type RpcHandlers,
  type RpcName,
} from "../protocol/tfplugin6";
import { GrpcError, type GrpcMethod, GrpcStatus } from "./grpc";

/** What the calls have in common, in a form in which the request's type follows from the name. */
const CODECS: {
  readonly [Name in RpcName]: {
    readonly request: { decode(bytes: Uint8Array): RequestOf<Name> };
    readonly response: { encode(answer: ResponseOf<Name>): Uint8Array };
  };
} = PROVIDER_RPCS;

/**
 * Every call of the provider, by path. The server may still be loading: calls wait for it.
 *
 * A server answers with diagnostics, never by throwing, because Terraform forgets an object whose call fails as such.
 * If it throws all the same, or could not be loaded, the error becomes a diagnostic here.
 */
export function providerService(
  load: () => Promise<ProviderServer>,
  log: Logger,
): readonly (readonly [string, GrpcMethod])[] {
  const names = Object.keys(PROVIDER_RPCS) as RpcName[];
  return names.map((name) => [rpcPath(name), rpcMethod(name, load, log)]);
}

/** @returns e.g. "/tfplugin6.Provider/ReadResource" for "readResource" */
export function rpcPath(name: RpcName): string {
  return `/tfplugin6.Provider/${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function rpcMethod<Name extends RpcName>(name: Name, load: () => Promise<ProviderServer>, log: Logger): GrpcMethod {
  const { request, response } = CODECS[name];
  return async (bytes) => {
    const decoded = request.decode(bytes);
    let answer: Promise<ResponseOf<Name>> | undefined;
    try {
      const handlers: Partial<RpcHandlers> = await load();
      answer = handlers[name]?.(decoded);
      if (answer !== undefined) return response.encode(await answer);
    } catch (error) {
      log.error("A call failed unexpectedly", { rpc: name, error });
      return response.encode(failure(name, error));
    }
    throw new GrpcError(GrpcStatus.UNIMPLEMENTED, `The provider does not implement ${name}`);
  };
}

/** The error, in whichever field the call's answer has for errors. */
function failure<Name extends RpcName>(name: Name, error: unknown): ResponseOf<Name> {
  const text = error instanceof Error ? error.message : String(error);
  return failureFields(name, text) as ResponseOf<Name>;
}

function failureFields(
  name: RpcName,
  text: string,
): ResponseOf<"stopProvider"> | ResponseOf<"callFunction"> | ResponseOf<"readResource"> {
  if (name === "stopProvider") return { error: text };
  if (name === "callFunction") return { error: { text } };
  const detail = `${text}\n\nThis is a fault of the provider; its log (TF_LOG=DEBUG) says where.`;
  return { diagnostics: [{ severity: "ERROR", summary: "Unexpected error in the provider", detail }] };
}
