/**
 * The messages that several calls of the plugin protocol, version 6.11, share. Field numbers are those of
 * Terraform's published protocol definition; names are its names in camelCase.
 */
import {
  bool,
  bytes,
  enumeration,
  int32,
  int64,
  type MessageInit,
  type MessageOf,
  message,
  msg,
  oneof,
  optional,
  repeated,
  string,
  stringMap,
} from "./protobuf";

/** A value of a type that the schema says, in MessagePack or, from older states, in JSON. */
export const DynamicValue = message({ msgpack: optional(bytes(1)), json: optional(bytes(2)) });
export type DynamicValue = MessageInit<typeof DynamicValue>;

export const AttributePathStep = message({
  selector: oneof({ attributeName: string(1), elementKeyString: string(2), elementKeyInt: int64(3) }),
});
export type AttributePathStep = MessageInit<typeof AttributePathStep>;

/** The way to an attribute. Elements of sets cannot be named: a path ends before them. */
export const AttributePath = message({ steps: repeated(1, AttributePathStep) });
export type AttributePath = MessageInit<typeof AttributePath>;

export const Diagnostic = message({
  severity: enumeration(1, ["INVALID", "ERROR", "WARNING"]),
  summary: string(2),
  detail: string(3),
  attribute: msg(4, AttributePath),
});
export type Diagnostic = MessageInit<typeof Diagnostic>;

export const FunctionError = message({ text: string(1), functionArgument: optional(int64(2)) });
export type FunctionError = MessageInit<typeof FunctionError>;

/** A stored state: JSON, or the flat map of Terraform 0.11 and earlier. */
export const RawState = message({ json: bytes(1), flatmap: stringMap(2) });
export type RawState = MessageOf<typeof RawState>;

const stringKind = (number: number) => enumeration(number, ["PLAIN", "MARKDOWN"]);

export const SchemaAttribute = message({
  name: string(1),
  /** The type in JSON, e.g. `["list","string"]`; left out when `nestedType` is set. */
  type: bytes(2),
  description: string(3),
  required: bool(4),
  optional: bool(5),
  computed: bool(6),
  sensitive: bool(7),
  descriptionKind: stringKind(8),
  deprecated: bool(9),
  get nestedType() {
    return msg(10, SchemaObject);
  },
  writeOnly: bool(11),
  deprecationMessage: string(12),
});
export type SchemaAttribute = MessageInit<typeof SchemaAttribute>;

/** A nested attribute's object and the collection it is in. */
export const SchemaObject = message({
  get attributes() {
    return repeated(1, SchemaAttribute);
  },
  nesting: enumeration(3, ["INVALID", "SINGLE", "LIST", "SET", "MAP"]),
});
export type SchemaObject = MessageInit<typeof SchemaObject>;

export const SchemaBlock = message({
  version: int64(1),
  attributes: repeated(2, SchemaAttribute),
  get blockTypes() {
    return repeated(3, SchemaNestedBlock);
  },
  description: string(4),
  descriptionKind: stringKind(5),
  deprecated: bool(6),
  deprecationMessage: string(7),
  computed: bool(8),
});
export type SchemaBlock = MessageInit<typeof SchemaBlock>;

export const SchemaNestedBlock = message({
  typeName: string(1),
  get block() {
    return msg(2, SchemaBlock);
  },
  nesting: enumeration(3, ["INVALID", "SINGLE", "LIST", "SET", "MAP", "GROUP"]),
  minItems: int64(4),
  maxItems: int64(5),
});
export type SchemaNestedBlock = MessageInit<typeof SchemaNestedBlock>;

export const Schema = message({ version: int64(1), block: msg(2, SchemaBlock) });
export type Schema = MessageInit<typeof Schema>;

export const FunctionParameter = message({
  name: string(1),
  type: bytes(2),
  allowNullValue: bool(3),
  allowUnknownValues: bool(4),
  description: string(5),
  descriptionKind: stringKind(6),
});
export const FunctionReturn = message({ type: bytes(1) });
export const FunctionDefinition = message({
  parameters: repeated(1, FunctionParameter),
  variadicParameter: msg(2, FunctionParameter),
  return: msg(3, FunctionReturn),
  summary: string(4),
  description: string(5),
  descriptionKind: stringKind(6),
  deprecationMessage: string(7),
});
export type FunctionDefinition = MessageInit<typeof FunctionDefinition>;

export const ResourceIdentityAttribute = message({
  name: string(1),
  type: bytes(2),
  requiredForImport: bool(3),
  optionalForImport: bool(4),
  description: string(5),
});
export const ResourceIdentitySchema = message({
  version: int64(1),
  identityAttributes: repeated(2, ResourceIdentityAttribute),
});
export type ResourceIdentitySchema = MessageInit<typeof ResourceIdentitySchema>;

export const ResourceIdentityData = message({ identityData: msg(1, DynamicValue) });
export type ResourceIdentityData = MessageInit<typeof ResourceIdentityData>;

export const ServerCapabilities = message({
  planDestroy: bool(1),
  getProviderSchemaOptional: bool(2),
  moveResourceState: bool(3),
  generateResourceConfig: bool(4),
});
export type ServerCapabilities = MessageInit<typeof ServerCapabilities>;

export const ClientCapabilities = message({
  deferralAllowed: bool(1),
  writeOnlyAttributesAllowed: bool(2),
  storePlannedPrivate: bool(3),
  computedBlocksAllowed: bool(4),
});
export type ClientCapabilities = MessageOf<typeof ClientCapabilities>;

export const Deferred = message({
  reason: enumeration(1, ["UNKNOWN", "RESOURCE_CONFIG_UNKNOWN", "PROVIDER_CONFIG_UNKNOWN", "ABSENT_PREREQ"]),
});
export type Deferred = MessageInit<typeof Deferred>;

/** A moment, as seconds and nanoseconds since 1970-01-01T00:00:00Z. */
export const Timestamp = message({ seconds: int64(1), nanos: int32(2) });
export type Timestamp = MessageInit<typeof Timestamp>;
