/** The only place that knows how passwords travel: in Base64 of their UTF-8 bytes, as the documents ask. */
export function encodePassword(password: string): string {
  return Buffer.from(password, "utf8").toString("base64");
}

/** The value of a Basic `Authorization` header. */
export function basic(username: string, password: string): string {
  return `Basic ${encodePassword(`${username}:${password}`)}`;
}

/** Takes secrets, plain, in Base64 and as JSON writes them, out of a text that someone else wrote. */
export function redact(text: string, secrets: readonly string[]): string {
  return (
    secrets
      .filter((secret) => secret !== "")
      .flatMap((secret) => [secret, encodePassword(secret), JSON.stringify(secret).slice(1, -1)])
      // The longest first: one secret may be the beginning of another.
      .sort((one, other) => other.length - one.length)
      .reduce((clean, secret) => clean.replaceAll(secret, "***"), text)
  );
}
