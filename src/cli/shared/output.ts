/** What commands write on stdout. */

let isWritten = false;

/** One document, and nothing else, on stdout. */
export function writeDocument(document: unknown): void {
  isWritten = true;
  process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}

/** Text for people. */
export function writeText(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}

/** In place of a document that cannot be had: whoever reads stdout finds one anyway. */
export function writeFailure(message: string): void {
  if (!isWritten) writeDocument({ error: message });
}
