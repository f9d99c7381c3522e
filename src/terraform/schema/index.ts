/** The language of schemas, without any life cycle: what declares attributes, and what follows from them. */
export { toCamelCase, toSnakeCase } from "../values/names";
export type { AttributePath, PathStep } from "../values/path";
export { describeKind, isUnknown, UNKNOWN, type Unknown } from "../values/value";
export * from "./attributes";
export { duration, parseDuration } from "./duration";
export type { Config, Input, Plan, Planned, State } from "./infer";
export { nearestName } from "./nearest";
export { type Problem, type Rule, type Schema, schema } from "./schema";
export { timeouts } from "./timeouts";
export type { Attribute, Attributes, Validator } from "./types";
