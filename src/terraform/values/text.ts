/** Strings as Terraform holds them. */

const PRINTABLE_ASCII = /^[ -~]*$/;

/** Unicode in normalization form C, which Terraform applies to every string; halves of surrogate pairs are replaced. */
export function normalizeString(text: string): string {
  // Nearly every string is in its normal form already, and this is the cheapest way to see it.
  if (PRINTABLE_ASCII.test(text)) return text;
  return text.replace(/\p{Surrogate}/gu, "\u{FFFD}").normalize("NFC");
}
