/**
 * What advice repeats for pasting. Servers make up ids and addresses, so each is quoted as HCL has it, and a command for the
 * shell holds only what means nothing to a shell.
 */

/** An id that every shell takes as it is, and no command as an option. */
const PLAIN = /^\w[\w.:/@-]*$/;

/** The text as HCL reads it back. */
export function hclString(text: string): string {
  return JSON.stringify(text).replace(/[$%](?=\{)/g, "$&$&");
}

/** How to import something, in words that continue a sentence. */
export function importingBy(id: string): string {
  const block = `an import block with id = ${hclString(id)} (in CDKTF, importFrom(${JSON.stringify(id)}))`;
  return PLAIN.test(id) ? `"terraform import ADDRESS ${id}" with this resource's address, or ${block}` : block;
}
