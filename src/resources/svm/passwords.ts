/** The password that a reconfiguration proves its right with: what klconfig has now, not what it shall get. */
import { type AttributePath, DiagnosticError, isUnknown, type Unknown } from "../../terraform";
import { type Placed, svmName } from "./placement";

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
export function currentPassword(placed: Placed, klconfig: KnownKlconfig | null, changes: boolean): string;
export function currentPassword(
  placed: Placed,
  klconfig: Klconfig | null | Unknown,
  changes: boolean,
): string | undefined;
export function currentPassword(
  placed: Placed,
  klconfig: Klconfig | null | Unknown,
  changes: boolean,
): string | undefined {
  if (isUnknown(klconfig)) return undefined;
  if (klconfig === null) throw missing(placed, ["klconfig"], WITHOUT_ACCOUNT);
  // Under `ignore_changes` Terraform plans with what the state has, which never is a write-only value: apply has it.
  if (klconfig.passwordWo === null) return undefined;
  const holder = changes ? "currentPasswordWo" : "passwordWo";
  const password = klconfig[holder];
  if (password === null) throw missing(placed, ["klconfig", "currentPasswordWo"], WITHOUT_CURRENT);
  return isUnknown(password) ? undefined : password;
}

const WITHOUT_ACCOUNT =
  "A change of an SVM's settings needs the configuration password that it has: set klconfig = { password_wo = … }.";
const WITHOUT_CURRENT =
  "A new configuration password needs the one that the SVM has until now: set klconfig.current_password_wo beside password_wo. It is used only while password_wo_version changes, and may stay or go afterwards.";

function missing(placed: Placed, path: AttributePath, why: string): DiagnosticError {
  return new DiagnosticError(`Unable to reconfigure the ${svmName(placed)}`, why, path);
}
