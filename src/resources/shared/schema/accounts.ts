/** The accounts with which the Integration Server signs in to an infrastructure. */
import { nested, optional, required, string } from "../../../terraform/schema";
import { notEmpty, passwordNotEmpty } from "../../../validators";
import { PASSWORD_VERSION, WRITE_ONLY } from "./passwords";

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
      description: `${DESCRIPTIONS.password} ${WRITE_ONLY}`,
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
      description: `${PASSWORD_VERSION} Another value replaces the connection, since the API documents no update; setting it for the first time or removing it does not.`,
      requiresReplace: ({ prior, planned }) => prior !== null && planned !== null,
      unreadable: true,
    }),
  });

/** An account of a data source, which cannot have write-only attributes. */
export const dataSourceAccount = () =>
  testedAccount(
    "Used for the test and not stored in the state, where it is null. A saved plan file, however, holds it when the test waits for values that are known during apply only: the ephemeral resource of the same name has no such file.",
  );

/** An account of an ephemeral resource, of which nothing is stored. */
export const ephemeralAccount = () =>
  testedAccount("Used for the test, and stored nowhere: it may be ephemeral itself.");

const testedAccount = (use: string) =>
  nested({
    name: required(string(), { description: DESCRIPTIONS.name, validate: [notEmpty], unreadable: true }),
    password: required(string(), {
      description: `${DESCRIPTIONS.password} ${use}`,
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
