/** The only place that knows how passwords travel: in Base64 of their UTF-8 bytes, as the documents ask. */

export function encodePassword(password: string): string {
  return Buffer.from(password, "utf8").toString("base64");
}

/** The value of a Basic `Authorization` header. */
export function basic(username: string, password: string): string {
  return `Basic ${encodePassword(`${username}:${password}`)}`;
}

/** Takes secrets, plain and encoded, out of a text that someone else wrote. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, encodePassword(secret)])
    .reduce((clean, secret) => clean.replaceAll(secret, "***"), text);
}
