/** Checks of passwords. No message ever repeats the password. */

/** Validator: a password that is there. */
export function passwordNotEmpty(password: string): string | undefined {
  return password === "" ? "must not be empty" : undefined;
}

const MAX_LENGTH = 60;
const PRINTABLE_ASCII = /^[\x21-\x7e]*$/;

/**
 * Validator: a password that the product itself accepts, for the accounts of the Integration Server and of an SVM:
 * at most 60 characters, Latin letters, digits and ASCII special characters.
 */
export function productPassword(password: string): string | undefined {
  if (password === "") return "must not be empty";
  if (password.length > MAX_LENGTH) {
    return `must have at most ${MAX_LENGTH} characters, got: ${password.length} characters`;
  }
  if (!PRINTABLE_ASCII.test(password)) {
    return "must consist of Latin letters, digits and ASCII special characters, got: a password with other characters";
  }
  return undefined;
}
