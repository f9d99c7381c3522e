/** Everything a provider is written with. The plugin process itself is in `plugin/`. */
export { type DataSource, type DataSourceReadRequest, dataSource } from "./data-source";
export { type AttributePath, type Diagnostic, DiagnosticError, type PathStep, type Problem } from "./diagnostics";
export { type EphemeralResource, ephemeralResource } from "./ephemeral-resource";
export type { LogFields, Logger } from "./logger";
export { type ConfigureRequest, type Provider, provider } from "./provider";
export {
  type Context,
  type CreateRequest,
  type DeleteRequest,
  type ImportRequest,
  type PlanChanges,
  type PlanRequest,
  type ReadRequest,
  type Resource,
  resource,
  type UpdateRequest,
} from "./resource";
export * from "./schema/attributes";
export { duration, parseDuration } from "./schema/duration";
export type { Config, Input, Plan, Planned, State } from "./schema/infer";
export { toCamelCase, toSnakeCase } from "./schema/names";
export type { Rule, Schema } from "./schema/schema";
export { timeouts } from "./schema/timeouts";
export { type Attribute, type Attributes, isUnknown, UNKNOWN, type Unknown, type Validator } from "./schema/types";
