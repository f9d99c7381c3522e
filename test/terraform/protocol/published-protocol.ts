/**
 * Terraform's plugin protocol, version 6.11, as descriptors for protobufjs: facts of the published definition (names,
 * numbers, types), written down apart from the tables under test. Actions and state stores are not in it.
 */
import { Enum, Field, MapField, OneOf, Root, Type } from "protobufjs";

const ENUMS = {
  "Diagnostic.Severity": ["INVALID", "ERROR", "WARNING"],
  StringKind: ["PLAIN", "MARKDOWN"],
  "Schema.NestedBlock.NestingMode": ["INVALID", "SINGLE", "LIST", "SET", "MAP", "GROUP"],
  "Schema.Object.NestingMode": ["INVALID", "SINGLE", "LIST", "SET", "MAP"],
  "Deferred.Reason": ["UNKNOWN", "RESOURCE_CONFIG_UNKNOWN", "PROVIDER_CONFIG_UNKNOWN", "ABSENT_PREREQ"],
} as const;

/** "number [rule] type"; a record of them is a oneof. */
type FieldSpec = string | Readonly<Record<string, string>>;

const diagnosticsOnly = { diagnostics: "1 repeated Diagnostic" };
const typeAndConfig = { typeName: "1 string", config: "2 DynamicValue" };

const MESSAGES: Readonly<Record<string, Readonly<Record<string, FieldSpec>>>> = {
  DynamicValue: { msgpack: "1 bytes", json: "2 bytes" },
  Diagnostic: {
    severity: "1 Diagnostic.Severity",
    summary: "2 string",
    detail: "3 string",
    attribute: "4 AttributePath",
  },
  FunctionError: { text: "1 string", functionArgument: "2 optional int64" },
  AttributePath: { steps: "1 repeated AttributePath.Step" },
  "AttributePath.Step": {
    selector: { attributeName: "1 string", elementKeyString: "2 string", elementKeyInt: "3 int64" },
  },
  RawState: { json: "1 bytes", flatmap: "2 map string" },
  "google.protobuf.Timestamp": { seconds: "1 int64", nanos: "2 int32" },

  Schema: { version: "1 int64", block: "2 Schema.Block" },
  "Schema.Block": {
    version: "1 int64",
    attributes: "2 repeated Schema.Attribute",
    blockTypes: "3 repeated Schema.NestedBlock",
    description: "4 string",
    descriptionKind: "5 StringKind",
    deprecated: "6 bool",
    deprecationMessage: "7 string",
    computed: "8 bool",
  },
  "Schema.Attribute": {
    name: "1 string",
    type: "2 bytes",
    description: "3 string",
    required: "4 bool",
    optional: "5 bool",
    computed: "6 bool",
    sensitive: "7 bool",
    descriptionKind: "8 StringKind",
    deprecated: "9 bool",
    nestedType: "10 Schema.Object",
    writeOnly: "11 bool",
    deprecationMessage: "12 string",
  },
  "Schema.NestedBlock": {
    typeName: "1 string",
    block: "2 Schema.Block",
    nesting: "3 Schema.NestedBlock.NestingMode",
    minItems: "4 int64",
    maxItems: "5 int64",
  },
  "Schema.Object": {
    attributes: "1 repeated Schema.Attribute",
    nesting: "3 Schema.Object.NestingMode",
    minItems: "4 int64",
    maxItems: "5 int64",
  },
  ResourceIdentitySchema: {
    version: "1 int64",
    identityAttributes: "2 repeated ResourceIdentitySchema.IdentityAttribute",
  },
  "ResourceIdentitySchema.IdentityAttribute": {
    name: "1 string",
    type: "2 bytes",
    requiredForImport: "3 bool",
    optionalForImport: "4 bool",
    description: "5 string",
  },
  ResourceIdentityData: { identityData: "1 DynamicValue" },
  Function: {
    parameters: "1 repeated Function.Parameter",
    variadicParameter: "2 Function.Parameter",
    return: "3 Function.Return",
    summary: "4 string",
    description: "5 string",
    descriptionKind: "6 StringKind",
    deprecationMessage: "7 string",
  },
  "Function.Parameter": {
    name: "1 string",
    type: "2 bytes",
    allowNullValue: "3 bool",
    allowUnknownValues: "4 bool",
    description: "5 string",
    descriptionKind: "6 StringKind",
  },
  "Function.Return": { type: "1 bytes" },
  ServerCapabilities: {
    planDestroy: "1 bool",
    getProviderSchemaOptional: "2 bool",
    moveResourceState: "3 bool",
    generateResourceConfig: "4 bool",
  },
  ClientCapabilities: {
    deferralAllowed: "1 bool",
    writeOnlyAttributesAllowed: "2 bool",
    storePlannedPrivate: "3 bool",
    computedBlocksAllowed: "4 bool",
  },
  Deferred: { reason: "1 Deferred.Reason" },

  "GetMetadata.Request": {},
  "GetMetadata.Response": {
    serverCapabilities: "1 ServerCapabilities",
    diagnostics: "2 repeated Diagnostic",
    dataSources: "3 repeated GetMetadata.Type",
    resources: "4 repeated GetMetadata.Type",
    functions: "5 repeated GetMetadata.Function",
    ephemeralResources: "6 repeated GetMetadata.Type",
    listResources: "7 repeated GetMetadata.Type",
    stateStores: "8 repeated GetMetadata.Type",
    actions: "9 repeated GetMetadata.Type",
  },
  "GetMetadata.Type": { typeName: "1 string" },
  "GetMetadata.Function": { name: "1 string" },
  "GetProviderSchema.Request": {},
  "GetProviderSchema.Response": {
    provider: "1 Schema",
    resourceSchemas: "2 map Schema",
    dataSourceSchemas: "3 map Schema",
    diagnostics: "4 repeated Diagnostic",
    providerMeta: "5 Schema",
    serverCapabilities: "6 ServerCapabilities",
    functions: "7 map Function",
    ephemeralResourceSchemas: "8 map Schema",
    listResourceSchemas: "9 map Schema",
    stateStoreSchemas: "10 map Schema",
    actionSchemas: "11 map ActionSchema",
  },
  ActionSchema: { schema: "1 Schema" },
  "GetResourceIdentitySchemas.Request": {},
  "GetResourceIdentitySchemas.Response": {
    identitySchemas: "1 map ResourceIdentitySchema",
    diagnostics: "2 repeated Diagnostic",
  },
  "ValidateProviderConfig.Request": { config: "1 DynamicValue" },
  "ValidateProviderConfig.Response": { diagnostics: "2 repeated Diagnostic" },
  "ValidateResourceConfig.Request": { ...typeAndConfig, clientCapabilities: "3 ClientCapabilities" },
  "ValidateResourceConfig.Response": diagnosticsOnly,
  "ValidateDataResourceConfig.Request": typeAndConfig,
  "ValidateDataResourceConfig.Response": diagnosticsOnly,
  "UpgradeResourceState.Request": { typeName: "1 string", version: "2 int64", rawState: "3 RawState" },
  "UpgradeResourceState.Response": { upgradedState: "1 DynamicValue", diagnostics: "2 repeated Diagnostic" },
  "UpgradeResourceIdentity.Request": { typeName: "1 string", version: "2 int64", rawIdentity: "3 RawState" },
  "UpgradeResourceIdentity.Response": {
    upgradedIdentity: "1 ResourceIdentityData",
    diagnostics: "2 repeated Diagnostic",
  },
  "ConfigureProvider.Request": {
    terraformVersion: "1 string",
    config: "2 DynamicValue",
    clientCapabilities: "3 ClientCapabilities",
  },
  "ConfigureProvider.Response": diagnosticsOnly,
  "ReadResource.Request": {
    typeName: "1 string",
    currentState: "2 DynamicValue",
    private: "3 bytes",
    providerMeta: "4 DynamicValue",
    clientCapabilities: "5 ClientCapabilities",
    currentIdentity: "6 ResourceIdentityData",
  },
  "ReadResource.Response": {
    newState: "1 DynamicValue",
    diagnostics: "2 repeated Diagnostic",
    private: "3 bytes",
    deferred: "4 Deferred",
    newIdentity: "5 ResourceIdentityData",
  },
  "PlanResourceChange.Request": {
    typeName: "1 string",
    priorState: "2 DynamicValue",
    proposedNewState: "3 DynamicValue",
    config: "4 DynamicValue",
    priorPrivate: "5 bytes",
    providerMeta: "6 DynamicValue",
    clientCapabilities: "7 ClientCapabilities",
    priorIdentity: "8 ResourceIdentityData",
    plannedPrivate: "9 bytes",
  },
  "PlanResourceChange.Response": {
    plannedState: "1 DynamicValue",
    requiresReplace: "2 repeated AttributePath",
    plannedPrivate: "3 bytes",
    diagnostics: "4 repeated Diagnostic",
    legacyTypeSystem: "5 bool",
    deferred: "6 Deferred",
    plannedIdentity: "7 ResourceIdentityData",
  },
  "ApplyResourceChange.Request": {
    typeName: "1 string",
    priorState: "2 DynamicValue",
    plannedState: "3 DynamicValue",
    config: "4 DynamicValue",
    plannedPrivate: "5 bytes",
    providerMeta: "6 DynamicValue",
    plannedIdentity: "7 ResourceIdentityData",
  },
  "ApplyResourceChange.Response": {
    newState: "1 DynamicValue",
    private: "2 bytes",
    diagnostics: "3 repeated Diagnostic",
    legacyTypeSystem: "4 bool",
    newIdentity: "5 ResourceIdentityData",
  },
  "ImportResourceState.Request": {
    typeName: "1 string",
    id: "2 string",
    clientCapabilities: "3 ClientCapabilities",
    identity: "4 ResourceIdentityData",
  },
  "ImportResourceState.Imported": {
    typeName: "1 string",
    state: "2 DynamicValue",
    private: "3 bytes",
    identity: "4 ResourceIdentityData",
  },
  "ImportResourceState.Response": {
    importedResources: "1 repeated ImportResourceState.Imported",
    diagnostics: "2 repeated Diagnostic",
    deferred: "3 Deferred",
  },
  "MoveResourceState.Request": {
    sourceProviderAddress: "1 string",
    sourceTypeName: "2 string",
    sourceSchemaVersion: "3 int64",
    sourceState: "4 RawState",
    targetTypeName: "5 string",
    sourcePrivate: "6 bytes",
    sourceIdentity: "7 RawState",
    sourceIdentitySchemaVersion: "8 int64",
  },
  "MoveResourceState.Response": {
    targetState: "1 DynamicValue",
    diagnostics: "2 repeated Diagnostic",
    targetPrivate: "3 bytes",
    targetIdentity: "4 ResourceIdentityData",
  },
  "GenerateResourceConfig.Request": { typeName: "1 string", state: "2 DynamicValue" },
  "GenerateResourceConfig.Response": { config: "1 DynamicValue", diagnostics: "2 repeated Diagnostic" },
  "ReadDataSource.Request": {
    ...typeAndConfig,
    providerMeta: "3 DynamicValue",
    clientCapabilities: "4 ClientCapabilities",
  },
  "ReadDataSource.Response": {
    state: "1 DynamicValue",
    diagnostics: "2 repeated Diagnostic",
    deferred: "3 Deferred",
  },
  "ValidateEphemeralResourceConfig.Request": typeAndConfig,
  "ValidateEphemeralResourceConfig.Response": diagnosticsOnly,
  "OpenEphemeralResource.Request": { ...typeAndConfig, clientCapabilities: "3 ClientCapabilities" },
  "OpenEphemeralResource.Response": {
    diagnostics: "1 repeated Diagnostic",
    renewAt: "2 google.protobuf.Timestamp",
    result: "3 DynamicValue",
    private: "4 optional bytes",
    deferred: "5 Deferred",
  },
  "RenewEphemeralResource.Request": { typeName: "1 string", private: "2 optional bytes" },
  "RenewEphemeralResource.Response": {
    diagnostics: "1 repeated Diagnostic",
    renewAt: "2 google.protobuf.Timestamp",
    private: "3 optional bytes",
  },
  "CloseEphemeralResource.Request": { typeName: "1 string", private: "2 optional bytes" },
  "CloseEphemeralResource.Response": diagnosticsOnly,
  "ListResource.Request": { ...typeAndConfig, includeResourceObject: "3 bool", limit: "4 int64" },
  "ListResource.Event": {
    identity: "1 ResourceIdentityData",
    displayName: "2 string",
    resourceObject: "3 DynamicValue",
    diagnostic: "4 repeated Diagnostic",
  },
  "ValidateListResourceConfig.Request": {
    ...typeAndConfig,
    includeResourceObject: "3 DynamicValue",
    limit: "4 DynamicValue",
  },
  "ValidateListResourceConfig.Response": diagnosticsOnly,
  "GetFunctions.Request": {},
  "GetFunctions.Response": { functions: "1 map Function", diagnostics: "2 repeated Diagnostic" },
  "CallFunction.Request": { name: "1 string", arguments: "2 repeated DynamicValue" },
  "CallFunction.Response": { result: "1 DynamicValue", error: "2 FunctionError" },
  "StopProvider.Request": {},
  "StopProvider.Response": { error: "1 string" },
};

/** The calls whose messages are described here. */
export const PUBLISHED_CALLS = Object.keys(MESSAGES)
  .filter((name) => name.endsWith(".Request"))
  .map((name) => name.slice(0, -".Request".length));

/** The calls about actions and state stores. */
export const CALLS_WITHOUT_MESSAGES = [
  "ValidateStateStoreConfig",
  "ConfigureStateStore",
  "ReadStateBytes",
  "WriteStateBytes",
  "LockState",
  "UnlockState",
  "GetStates",
  "DeleteState",
  "ValidateActionConfig",
  "PlanAction",
  "InvokeAction",
];

const root = new Root();
for (const [name, values] of Object.entries(ENUMS)) {
  root.add(new Enum(flat(name), Object.fromEntries(values.map((value, number) => [value, number]))));
}
for (const [name, fields] of Object.entries(MESSAGES)) {
  const type = new Type(flat(name));
  for (const [field, spec] of Object.entries(fields)) addField(type, field, spec);
  root.add(type);
}
root.resolveAll();

/** The message of a published name, e.g. "ReadResource.Request". */
export function publishedMessage(name: string): Type {
  return root.lookupType(flat(name));
}

/** Scalars and messages are looked up side by side, so a nested name has no dots here. */
function flat(name: string): string {
  return name.replaceAll(".", "_");
}

function addField(type: Type, name: string, spec: FieldSpec): void {
  if (typeof spec !== "string") {
    for (const [member, memberSpec] of Object.entries(spec)) addField(type, member, memberSpec);
    type.add(new OneOf(name, Object.keys(spec)));
    return;
  }
  const [number, ...ruleAndType] = spec.split(" ");
  const fieldType = flat(ruleAndType.at(-1) ?? "");
  const rule = ruleAndType.length > 1 ? ruleAndType[0] : undefined;
  if (rule === "map") type.add(new MapField(name, Number(number), "string", fieldType));
  else type.add(new Field(name, Number(number), fieldType, rule));
}
