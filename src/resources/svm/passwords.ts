/** The password that a reconfiguration proves its right with: what klconfig has now, not what it shall get. */
import { type AttributePath, type Context, DiagnosticError, isUnknown, type Unknown } from "../../terraform";
import type { Client } from "../shared/client";
import { svmName } from "./naming";
import type { Placed } from "./placement";

type Naming = Pick<Context<Client>, "client">;

interface Klconfig {
  readonly passwordWo: string | null | Unknown;
  readonly currentPasswordWo: string | null | Unknown;
}

interface KnownKlconfig {
  readonly passwordWo: string;
  readonly currentPasswordWo: string | null;
}

/**
 * The password; in planning, undefined while it is not known.
 *
 * @param changes whether klconfig gets another password
 * @throws DiagnosticError when the configuration does not have it
 */
export function currentPassword(
  placed: Placed,
  klconfig: KnownKlconfig | null,
  changes: boolean,
  context: Naming,
): string;
export function currentPassword(
  placed: Placed,
  klconfig: Klconfig | null | Unknown,
  changes: boolean,
  context: Naming,
): string | undefined;
export function currentPassword(
  placed: Placed,
  klconfig: Klconfig | null | Unknown,
  changes: boolean,
  context: Naming,
): string | undefined {
  if (isUnknown(klconfig)) return undefined;
  if (klconfig === null) throw missing(["klconfig"], WITHOUT_ACCOUNT, svmName(placed, context));
  // Under `ignore_changes` Terraform plans with what the state has, which never is a write-only value: apply has it.
  if (klconfig.passwordWo === null) return undefined;
  const holder = changes ? "currentPasswordWo" : "passwordWo";
  const password = klconfig[holder];
  if (password === null) throw missing(["klconfig", "currentPasswordWo"], WITHOUT_CURRENT, svmName(placed, context));
  return isUnknown(password) ? undefined : password;
}

const WITHOUT_ACCOUNT =
  "A change of an SVM's settings needs the configuration password that it has: set klconfig = { password_wo = … } (klconfig: { password } in CDKTF).";
const WITHOUT_CURRENT =
  "A new configuration password needs the one that the SVM has until now: set klconfig.current_password_wo (klconfig.currentPassword in CDKTF) beside it. It is used only while the version of the password changes, and may stay or go afterwards.";

function missing(path: AttributePath, why: string, name: string): DiagnosticError {
  return new DiagnosticError(`Unable to reconfigure the ${name}`, why, path);
}
