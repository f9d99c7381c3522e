/** What callers without a compiler give in place of an infrastructure. */
import { describeKind } from "../src/terraform/schema";
import type { IInfrastructure } from "./infrastructure";

/** Undefined, and what is wrong, for what is none. */
interface CheckedInfrastructure {
  readonly infrastructure?: IInfrastructure;
  readonly problem?: string;
}

export function checkedInfrastructure(infrastructure: IInfrastructure): CheckedInfrastructure;
export function checkedInfrastructure(given: unknown): CheckedInfrastructure {
  if (isInfrastructure(given)) return { infrastructure: given };
  const problem =
    `The value must be an infrastructure, got: ${describeKind(given)}. Take an Infrastructure, or what ` +
    "Infrastructure.fromInfrastructureId(scope, id, infrastructureId) returns.";
  return { problem };
}

function isInfrastructure(given: unknown): given is IInfrastructure {
  return typeof given === "object" && given !== null && "node" in given && "infrastructureId" in given;
}
