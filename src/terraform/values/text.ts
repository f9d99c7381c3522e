/** Strings as Terraform holds them. */

/** Unicode in normalization form C, which Terraform applies to every string; halves of surrogate pairs are replaced. */
export function normalizeString(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\u{FFFD}").normalize("NFC");
}
