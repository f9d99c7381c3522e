/** Everything a provider is written with. The plugin process itself is in `plugin/`. */
export { type DataSource, type DataSourceReadRequest, dataSource } from "./data-source";
export { type Diagnostic, DiagnosticError } from "./diagnostics";
export { type EphemeralResource, ephemeralResource } from "./ephemeral-resource";
export { OperationTimedOut } from "./interruptions";
export { type Listed, type ListRequest, type ListResource, listResource } from "./list-resource";
export type { LogFields, Logger, RedactingLogger } from "./logger";
export { type ConfigureRequest, type Provider, provider } from "./provider";
export {
  type Context,
  type CreateRequest,
  type DeleteRequest,
  type GenerateConfigRequest,
  type GeneratedConfig,
  type ImportRequest,
  type ObjectContext,
  type PlanChanges,
  type PlanRequest,
  type PrivateState,
  type ReadRequest,
  type Resource,
  resource,
  type StoredRequest,
  type UpdateRequest,
  type ValidateRequest,
} from "./resource";
export * from "./schema";
