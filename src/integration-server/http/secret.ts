/**
 * What nobody may ever see, from where it comes into the client to the request that carries it. It cannot be taken out
 * without telling whoever keeps texts free of secrets, so that nothing secret leaves before it is known as such.
 */
import { inspect } from "node:util";

/** Keeps secrets out of the texts that others see. One for the whole process. */
export interface Secrets {
  /** Masks this text from now on, in whatever form it is written. */
  add(secret: string): void;
  /** The text with a mask in place of each secret in it. */
  redact(text: string): string;
}

const MASK = "***";

export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(secrets: Secrets): string {
    secrets.add(this.#text);
    return this.#text;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}

/** The value of a Basic `Authorization` header. */
export function basic(username: string, password: Secret, secrets: Secrets): string {
  const encoded = encode(`${username}:${password.reveal(secrets)}`);
  secrets.add(encoded);
  return `Basic ${encoded}`;
}

/** A body as it is sent. Only here passwords become what travels: Base64 of their UTF-8 bytes, as the documents ask. */
export function writeBody(body: object, secrets: Secrets): string {
  return JSON.stringify(body, function (this: Record<string, unknown>, name, value) {
    const original = this[name];
    return original instanceof Secret ? encode(original.reveal(secrets)) : value;
  });
}

function encode(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
