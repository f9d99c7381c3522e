/** The accounts with which the Integration Server signs in to an infrastructure. */
import {
  type AttributePath,
  isUnknown,
  nested,
  optional,
  type Problem,
  required,
  string,
  type Unknown,
} from "../../../terraform";
import { notEmpty, passwordNotEmpty } from "../../../validators";
import { type InfrastructureType, infrastructureType } from "./infrastructure-types";

const DESCRIPTIONS = {
  name: "The account's name, as the infrastructure knows it.",
  domain: "The OpenStack domain that the account belongs to. Required for the OpenStack types, not allowed for others.",
  password: "The account's password.",
};

/** An account of a resource: its password is write-only. Any other account than before means another connection. */
export const account = () =>
  nested({
    name: required(string(), {
      description: DESCRIPTIONS.name,
      validate: [notEmpty],
      requiresReplace: true,
      unreadable: true,
    }),
    passwordWo: required(string(), {
      description: `${DESCRIPTIONS.password} Write-only: never stored in plan or state. Needs Terraform or OpenTofu 1.11 or later.`,
      validate: [passwordNotEmpty],
      sensitive: true,
      writeOnly: true,
    }),
    domain: optional(string(), {
      description: DESCRIPTIONS.domain,
      validate: [notEmpty],
      requiresReplace: true,
      unreadable: true,
    }),
    passwordWoVersion: optional(string(), {
      description:
        "Any text that you change when the password changes, such as a date or a secret's version: Terraform cannot see a changed `password_wo` by itself. Another value replaces the connection, since the API documents no update; setting it for the first time or removing it does not.",
      requiresReplace: ({ prior, planned }) => prior !== null && planned !== null,
      unreadable: true,
    }),
  });

interface NameOf {
  readonly name: string | null | Unknown;
}

/**
 * Whether an account comes, goes, or cannot be told yet; what changes inside an account, its own attributes say.
 * An account that the API does not report (OpenStack, after an import) is adopted from the configuration.
 */
export function replacesConnection({
  prior,
  planned,
}: {
  readonly prior: NameOf | null;
  readonly planned: NameOf | null | Unknown;
}): boolean {
  if (prior !== null && prior.name === null) return false;
  return isUnknown(planned) || (prior === null) !== (planned === null);
}

/** An account of a data source, which cannot have write-only attributes. */
export const dataSourceAccount = () =>
  nested({
    name: required(string(), { description: DESCRIPTIONS.name, validate: [notEmpty], unreadable: true }),
    password: required(string(), {
      description: `${DESCRIPTIONS.password} Used for the test and not stored in the state, where it is null. A saved plan file, however, holds it when the test waits for values that are known during apply only.`,
      validate: [passwordNotEmpty],
      sensitive: true,
      unreadable: true,
    }),
    domain: required(string(), {
      description: "The OpenStack domain that the account belongs to.",
      validate: [notEmpty],
      unreadable: true,
    }),
  });

export const ADMIN_DESCRIPTION = "An account with sufficient rights to deploy, reconfigure and remove SVMs.";
export const READ_ONLY_DESCRIPTION =
  "An account with limited rights for everything but changes to SVMs. Default: the `admin` account does that, too.";

type MaybeAccount = { readonly domain: string | null | Unknown } | null | Unknown;

/** A domain is needed for OpenStack types and has no place in the requests of the others. */
export function* domainProblems(
  type: InfrastructureType,
  accounts: Readonly<Record<string, MaybeAccount>>,
): Iterable<Problem> {
  const { openstack } = infrastructureType(type);
  for (const [name, value] of Object.entries(accounts)) {
    if (value === null || isUnknown(value)) continue;
    const path: AttributePath = [name, "domain"];
    if (openstack && value.domain === null) {
      yield {
        path,
        message: `An account of an infrastructure of type ${type} needs its OpenStack domain: set domain.`,
      };
    }
    if (!openstack && value.domain !== null) {
      yield {
        path,
        message: `Only accounts of OpenStack infrastructures have a domain, and the type is ${type}: remove domain.`,
      };
    }
  }
}
