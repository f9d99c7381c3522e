/** Keeps secrets out of log lines: by value once registered, and by the name of the field that carries them. */

import type { Secrets } from "../logger";

const MASK = "***";
const SECRET_NAME = /pass(word|wd|phrase)|secret|token|authorization|credential|cookie|(private|api)_?key/i;

/** Base64 of fewer bytes than this is too short to be told from other text. */
const SHORTEST_IN_BASE64 = 4;
/** Shorter secrets are also found by chance, in the middle of names and ids: they are masked as whole words only. */
const SHORTEST_ANYWHERE = 8;
const LETTER = "[\\p{L}\\p{N}_-]";

export class Redactor implements Secrets {
  /** How each secret may be written, and whether that is masked as a whole word only. */
  readonly #forms = new Map<string, boolean>();
  #pattern: RegExp | undefined;

  add(secret: string): void {
    if (secret === "" || this.#forms.has(secret)) return;
    const isShort = secret.length < SHORTEST_ANYWHERE;
    for (const form of writtenForms(secret)) this.#forms.set(form, isShort && this.#forms.get(form) !== false);
    this.#pattern = undefined;
  }

  redact(text: string): string {
    if (this.#forms.size === 0) return text;
    this.#pattern ??= alternatives(this.#forms);
    return text.replace(this.#pattern, MASK);
  }

  /** Whether a field of this name is masked whatever it holds. */
  hides(name: string): boolean {
    return SECRET_NAME.test(name);
  }

  get mask(): string {
    return MASK;
  }
}

function writtenForms(secret: string): readonly string[] {
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), ...base64Forms(secret)];
}

/**
 * The characters that the secret contributes to any Base64 text that contains it, e.g. `user:secret` in a Basic header.
 * They depend on where it starts, modulo three bytes; characters shared with a neighbouring byte are left out.
 */
function base64Forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  if (bytes.length < SHORTEST_IN_BASE64) return [];
  const inside = [0, 1, 2].map((offset) => {
    const wholeSextets = Math.floor(((offset + bytes.length) * 8) / 6);
    const sharedSextets = Math.ceil((offset * 8) / 6);
    return Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .slice(sharedSextets, wholeSextets);
  });
  const standard = [bytes.toString("base64"), ...inside];
  return [...standard, ...standard.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"))];
}

/** Longest first, so that a secret which contains another one is masked as a whole. */
function alternatives(forms: ReadonlyMap<string, boolean>): RegExp {
  const sorted = [...forms].sort(([a], [b]) => b.length - a.length);
  const patterns = sorted.map(([form, isWord]) => {
    const literal = form.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    return isWord ? `(?<!${LETTER})${literal}(?!${LETTER})` : literal;
  });
  return new RegExp(patterns.join("|"), "gu");
}
