/** What only people know of a connection: passwords, and names that the API does not tell. */
import { isOpenstackType } from "../../resources/shared/schema/infrastructure-types";
import type { FoundInfrastructure } from "./found";

export interface Variable {
  readonly name: string;
  readonly description: string;
  readonly isSecret: boolean;
}

/** A text that is known, or a variable in its place. */
export type Known = { readonly text: string } | { readonly variable: Variable };

export interface FoundAccount {
  readonly attribute: "admin" | "readOnly";
  readonly name: Known;
  /** Only for the OpenStack types. */
  readonly domain: Known | undefined;
  readonly password: Variable;
}

/**
 * The accounts of a connection. One with limited rights whose name is not told is left out: the configuration then takes it
 * as it is.
 */
export function accountsOf({ identifier, settings }: FoundInfrastructure): readonly FoundAccount[] {
  const { type, address, admin, readOnly } = settings;
  const account = (attribute: FoundAccount["attribute"], { name, domain }: typeof admin): FoundAccount => {
    const [prefix, what] = attribute === "admin" ? ["", "The admin account"] : ["read_only_", "The read-only account"];
    const variable = (suffix: string, description: string, isSecret = false): Variable => ({
      name: `${identifier}_${prefix}${suffix}`,
      description: `${what} of ${address}: ${description}`,
      isSecret,
    });
    const known = (text: string | null, suffix: string): Known =>
      text === null ? { variable: variable(suffix, `its ${suffix}, which the API does not tell`) } : { text };
    return {
      attribute,
      name: known(name, "name"),
      domain: isOpenstackType(type) ? known(domain, "domain") : undefined,
      password: variable("password", "its password", true),
    };
  };
  return [
    account("admin", admin),
    ...(readOnly === null || readOnly.name === null ? [] : [account("readOnly", readOnly)]),
  ];
}

export function variablesOf(infrastructure: FoundInfrastructure): readonly Variable[] {
  if (infrastructure.isManaged) return [];
  return accountsOf(infrastructure).flatMap(({ name, domain, password }) =>
    [name, domain]
      .flatMap((each) => (each !== undefined && "variable" in each ? [each.variable] : []))
      .concat(password),
  );
}
