/** What commands write on stdout. */

/** One document, and nothing else, on stdout. */
export function writeDocument(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}

/** Text for people. */
export function writeText(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}
