/**
 * The calls of Terraform's plugin protocol, version 6.11. Field numbers are those of Terraform's published protocol
 * definition; names are its names in camelCase. Actions and state stores are left out: their calls are unimplemented.
 */
import {
  AttributePath,
  ClientCapabilities,
  Deferred,
  Diagnostic,
  DynamicValue,
  FunctionDefinition,
  FunctionError,
  RawState,
  ResourceIdentityData,
  ResourceIdentitySchema,
  Schema,
  ServerCapabilities,
  Timestamp,
} from "./messages";
import {
  bool,
  bytes,
  int64,
  type MessageInit,
  type MessageOf,
  type MessageType,
  map,
  message,
  msg,
  optional,
  repeated,
  string,
} from "./protobuf";

export * from "./messages";

/** One call: what Terraform sends and what the provider answers. */
interface Rpc<Request extends object, Response extends object> {
  readonly request: MessageType<Request>;
  readonly response: MessageType<Response>;
}
const rpc = <Q extends object, S extends object>(request: Q, response: S): Rpc<Q, S> => ({
  request: message(request),
  response: message(response),
});

const typeNameOnly = message({ typeName: string(1) });
const functionNameOnly = message({ name: string(1) });
const importedResource = message({
  typeName: string(1),
  state: msg(2, DynamicValue),
  private: bytes(3),
  identity: msg(4, ResourceIdentityData),
});

/** Every call of the service `tfplugin6.Provider`, by its name in lower camel case. */
export const PROVIDER_RPCS = {
  getMetadata: rpc(
    {},
    {
      serverCapabilities: msg(1, ServerCapabilities),
      diagnostics: repeated(2, Diagnostic),
      dataSources: repeated(3, typeNameOnly),
      resources: repeated(4, typeNameOnly),
      functions: repeated(5, functionNameOnly),
      ephemeralResources: repeated(6, typeNameOnly),
      listResources: repeated(7, typeNameOnly),
    },
  ),
  getProviderSchema: rpc(
    {},
    {
      provider: msg(1, Schema),
      resourceSchemas: map(2, Schema),
      dataSourceSchemas: map(3, Schema),
      diagnostics: repeated(4, Diagnostic),
      providerMeta: msg(5, Schema),
      serverCapabilities: msg(6, ServerCapabilities),
      functions: map(7, FunctionDefinition),
      ephemeralResourceSchemas: map(8, Schema),
      listResourceSchemas: map(9, Schema),
    },
  ),
  validateProviderConfig: rpc({ config: msg(1, DynamicValue) }, { diagnostics: repeated(2, Diagnostic) }),
  validateResourceConfig: rpc(
    { typeName: string(1), config: msg(2, DynamicValue), clientCapabilities: msg(3, ClientCapabilities) },
    { diagnostics: repeated(1, Diagnostic) },
  ),
  validateDataResourceConfig: rpc(
    { typeName: string(1), config: msg(2, DynamicValue) },
    { diagnostics: repeated(1, Diagnostic) },
  ),
  upgradeResourceState: rpc(
    { typeName: string(1), version: int64(2), rawState: msg(3, RawState) },
    { upgradedState: msg(1, DynamicValue), diagnostics: repeated(2, Diagnostic) },
  ),
  getResourceIdentitySchemas: rpc(
    {},
    { identitySchemas: map(1, ResourceIdentitySchema), diagnostics: repeated(2, Diagnostic) },
  ),
  upgradeResourceIdentity: rpc(
    { typeName: string(1), version: int64(2), rawIdentity: msg(3, RawState) },
    { upgradedIdentity: msg(1, ResourceIdentityData), diagnostics: repeated(2, Diagnostic) },
  ),
  configureProvider: rpc(
    { terraformVersion: string(1), config: msg(2, DynamicValue), clientCapabilities: msg(3, ClientCapabilities) },
    { diagnostics: repeated(1, Diagnostic) },
  ),
  readResource: rpc(
    {
      typeName: string(1),
      currentState: msg(2, DynamicValue),
      private: bytes(3),
      providerMeta: msg(4, DynamicValue),
      clientCapabilities: msg(5, ClientCapabilities),
      currentIdentity: msg(6, ResourceIdentityData),
    },
    {
      newState: msg(1, DynamicValue),
      diagnostics: repeated(2, Diagnostic),
      private: bytes(3),
      deferred: msg(4, Deferred),
      newIdentity: msg(5, ResourceIdentityData),
    },
  ),
  planResourceChange: rpc(
    {
      typeName: string(1),
      priorState: msg(2, DynamicValue),
      proposedNewState: msg(3, DynamicValue),
      config: msg(4, DynamicValue),
      priorPrivate: bytes(5),
      providerMeta: msg(6, DynamicValue),
      clientCapabilities: msg(7, ClientCapabilities),
      priorIdentity: msg(8, ResourceIdentityData),
      plannedPrivate: bytes(9),
    },
    // Field 5, the legacy SDK's licence to be inconsistent, is left out: it must never be set.
    {
      plannedState: msg(1, DynamicValue),
      requiresReplace: repeated(2, AttributePath),
      plannedPrivate: bytes(3),
      diagnostics: repeated(4, Diagnostic),
      deferred: msg(6, Deferred),
      plannedIdentity: msg(7, ResourceIdentityData),
    },
  ),
  applyResourceChange: rpc(
    {
      typeName: string(1),
      priorState: msg(2, DynamicValue),
      plannedState: msg(3, DynamicValue),
      config: msg(4, DynamicValue),
      plannedPrivate: bytes(5),
      providerMeta: msg(6, DynamicValue),
      plannedIdentity: msg(7, ResourceIdentityData),
    },
    // Field 4 is left out for the same reason.
    {
      newState: msg(1, DynamicValue),
      private: bytes(2),
      diagnostics: repeated(3, Diagnostic),
      newIdentity: msg(5, ResourceIdentityData),
    },
  ),
  importResourceState: rpc(
    {
      typeName: string(1),
      id: string(2),
      clientCapabilities: msg(3, ClientCapabilities),
      identity: msg(4, ResourceIdentityData),
    },
    {
      importedResources: repeated(1, importedResource),
      diagnostics: repeated(2, Diagnostic),
      deferred: msg(3, Deferred),
    },
  ),
  moveResourceState: rpc(
    {
      sourceProviderAddress: string(1),
      sourceTypeName: string(2),
      sourceSchemaVersion: int64(3),
      sourceState: msg(4, RawState),
      targetTypeName: string(5),
      sourcePrivate: bytes(6),
      sourceIdentity: msg(7, RawState),
      sourceIdentitySchemaVersion: int64(8),
    },
    {
      targetState: msg(1, DynamicValue),
      diagnostics: repeated(2, Diagnostic),
      targetPrivate: bytes(3),
      targetIdentity: msg(4, ResourceIdentityData),
    },
  ),
  generateResourceConfig: rpc(
    { typeName: string(1), state: msg(2, DynamicValue) },
    { config: msg(1, DynamicValue), diagnostics: repeated(2, Diagnostic) },
  ),
  validateListResourceConfig: rpc(
    {
      typeName: string(1),
      config: msg(2, DynamicValue),
      includeResourceObject: msg(3, DynamicValue),
      limit: msg(4, DynamicValue),
    },
    { diagnostics: repeated(1, Diagnostic) },
  ),
  readDataSource: rpc(
    {
      typeName: string(1),
      config: msg(2, DynamicValue),
      providerMeta: msg(3, DynamicValue),
      clientCapabilities: msg(4, ClientCapabilities),
    },
    { state: msg(1, DynamicValue), diagnostics: repeated(2, Diagnostic), deferred: msg(3, Deferred) },
  ),
  validateEphemeralResourceConfig: rpc(
    { typeName: string(1), config: msg(2, DynamicValue) },
    { diagnostics: repeated(1, Diagnostic) },
  ),
  openEphemeralResource: rpc(
    { typeName: string(1), config: msg(2, DynamicValue), clientCapabilities: msg(3, ClientCapabilities) },
    {
      diagnostics: repeated(1, Diagnostic),
      renewAt: msg(2, Timestamp),
      result: msg(3, DynamicValue),
      private: optional(bytes(4)),
      deferred: msg(5, Deferred),
    },
  ),
  renewEphemeralResource: rpc(
    { typeName: string(1), private: optional(bytes(2)) },
    { diagnostics: repeated(1, Diagnostic), renewAt: msg(2, Timestamp), private: optional(bytes(3)) },
  ),
  closeEphemeralResource: rpc(
    { typeName: string(1), private: optional(bytes(2)) },
    { diagnostics: repeated(1, Diagnostic) },
  ),
  getFunctions: rpc({}, { functions: map(1, FunctionDefinition), diagnostics: repeated(2, Diagnostic) }),
  callFunction: rpc(
    { name: string(1), arguments: repeated(2, DynamicValue) },
    { result: msg(1, DynamicValue), error: msg(2, FunctionError) },
  ),
  stopProvider: rpc({}, { error: string(1) }),
} as const;

/** The calls that are answered with any number of messages. */
export const PROVIDER_STREAMS = {
  listResource: rpc(
    { typeName: string(1), config: msg(2, DynamicValue), includeResourceObject: bool(3), limit: int64(4) },
    {
      identity: msg(1, ResourceIdentityData),
      displayName: string(2),
      resourceObject: msg(3, DynamicValue),
      diagnostic: repeated(4, Diagnostic),
    },
  ),
} as const;

export type RpcName = keyof typeof PROVIDER_RPCS;
export type StreamName = keyof typeof PROVIDER_STREAMS;
type Calls = typeof PROVIDER_RPCS & typeof PROVIDER_STREAMS;
/** What Terraform sends with a call. */
export type RequestOf<Name extends RpcName | StreamName> = MessageOf<Calls[Name]["request"]>;
/** What the provider answers to a call, or one of what it answers to a stream. */
export type ResponseOf<Name extends RpcName | StreamName> = MessageInit<Calls[Name]["response"]>;

/** Calls that a provider may leave out: Terraform then gets "unimplemented", which it understands. */
type OptionalRpcName =
  | "getMetadata"
  | "getResourceIdentitySchemas"
  | "upgradeResourceIdentity"
  | "moveResourceState"
  | "generateResourceConfig"
  | "validateListResourceConfig"
  | "validateEphemeralResourceConfig"
  | "openEphemeralResource"
  | "renewEphemeralResource"
  | "closeEphemeralResource"
  | "getFunctions"
  | "callFunction";

/** One method per call, from message to message. */
export type RpcHandlers = { [Name in RpcName]: (request: RequestOf<Name>) => Promise<ResponseOf<Name>> };
/** From one message to many; the signal is aborted when Terraform wants no more of them. */
export type StreamHandlers = {
  [Name in StreamName]: (request: RequestOf<Name>, signal: AbortSignal) => AsyncIterable<ResponseOf<Name>>;
};

/** The provider's side of the protocol, free of gRPC. */
export interface ProviderServer
  extends Omit<RpcHandlers, OptionalRpcName>,
    Partial<Pick<RpcHandlers, OptionalRpcName>>,
    Partial<StreamHandlers> {}
