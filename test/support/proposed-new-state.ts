/**
 * What Terraform proposes before it asks a provider for a plan: configured values, and prior ones where a computed
 * attribute is not configured. Terraform does this itself; tests without Terraform need it from here.
 */
import { ctyTypeOf } from "../../src/terraform/schema/cty-type";
import type { Attribute, Attributes, NestedType } from "../../src/terraform/schema/types";
import { equalValues } from "../../src/terraform/values/equality";
import { isArray, isRecord, isUnknown, type ObjectValue, partOf } from "../../src/terraform/values/value";

export function proposedNewState(attributes: Attributes, prior: unknown, config: ObjectValue): ObjectValue {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      proposedValue(attribute, partOf(prior, name), partOf(config, name)),
    ]),
  );
}

function proposedValue({ type, flags }: Attribute, prior: unknown, config: unknown): unknown {
  if (config === null && (flags.has("computed") || flags.has("default"))) return prior;
  if (type.kind !== "nested" || config === null || isUnknown(config)) return config;
  return proposedNested(type, prior, config);
}

function proposedNested(type: NestedType, prior: unknown, config: unknown): unknown {
  const propose = (before: unknown, element: unknown) =>
    isRecord(element) && before !== null ? proposedNewState(type.attributes, before, element) : element;
  if (type.nesting === "single") return isRecord(config) ? proposedNewState(type.attributes, prior, config) : config;
  if (isArray(config)) {
    const free = isArray(prior) ? [...prior] : [];
    return config.map((element, index) => {
      if (type.nesting === "list") return propose(partOf(prior, index), element);
      const found = free.findIndex((before) => isRecord(before) && isRecord(element) && matches(type, before, element));
      return propose(found < 0 ? null : free.splice(found, 1)[0], element);
    });
  }
  if (!isRecord(config)) return config;
  return Object.fromEntries(
    Object.entries(config).map(([key, element]) => [key, propose(partOf(prior, key), element)]),
  );
}

/** Whether a prior set element can be this configured one: the same in all that is configured or cannot be computed. */
function matches({ attributes }: NestedType, prior: ObjectValue, config: ObjectValue): boolean {
  return Object.entries(attributes).every(([name, attribute]) => {
    const proposed = proposedValue(attribute, partOf(prior, name), partOf(config, name));
    return equalValues(ctyTypeOf(attribute.type), proposed, partOf(prior, name));
  });
}
