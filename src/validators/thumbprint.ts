/** Thumbprints of certificates and SSH keys: their syntax, and when two spellings mean the same. */

const hexOfLength =
  (...lengths: readonly number[]) =>
  (text: string) =>
    /^[0-9a-f]*$/i.test(text) && lengths.includes(text.length);
const isCertificateHex = hexOfLength(40, 64);
const isKeyHex = hexOfLength(32, 40, 64);
const SSH_BASE64 = /^(?:SHA256:)?[A-Za-z0-9+/]{43}=?$/;

const withoutSeparators = (text: string) => text.replace(/[\s:]/g, "");

/** Validator: the SHA-1 or SHA-256 thumbprint of a TLS certificate. */
export function certificateThumbprint(text: string): string | undefined {
  if (isCertificateHex(withoutSeparators(text))) return undefined;
  return `must be a SHA-1 thumbprint (40 hexadecimal digits) or a SHA-256 thumbprint (64), with or without colons, got: "${text}"`;
}

/** Validator: the thumbprint of a TLS certificate, or of an SSH key in the forms that SSH tools print. */
export function trustedThumbprint(text: string): string | undefined {
  if (SSH_BASE64.test(text) || isKeyHex(withoutSeparators(text.replace(/^MD5:/i, "")))) return undefined;
  return (
    "must be a thumbprint as hexadecimal digits, with or without colons (SHA-1: 40 digits, SHA-256: 64, an SSH key's MD5: 32), " +
    `or an SSH key's "SHA256:" with 43 Base64 characters, got: "${text}"`
  );
}

/** True when two thumbprints differ in spelling at most: case, colons, spaces, a prefix, Base64 padding. */
export function sameThumbprint(one: string, other: string): boolean {
  return normalized(one) === normalized(other);
}

function normalized(thumbprint: string): string {
  const hex = withoutSeparators(thumbprint.replace(/^(?:MD5|SHA1|SHA256):/i, ""));
  if (isKeyHex(hex)) return hex.toLowerCase();
  return thumbprint
    .trim()
    .replace(/^SHA256:/i, "")
    .replace(/=$/, "");
}
