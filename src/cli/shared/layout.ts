/** Text in the columns of a terminal. */
import widthOf from "string-width";

export { widthOf };

/** The text in so many columns: cut, with a sign of that, or filled up. */
export function padded(text: string, width: number): string {
  const missing = width - widthOf(text);
  if (missing >= 0) return text + " ".repeat(missing);
  return cut(text, width);
}

/** The text in at most so many columns. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (widthOf(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Lines of at most so many columns; all but the first begin with the indent. Words that are longer are broken. */
export function wrap(text: string, width: number, indent = "  "): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (line.trim() !== "") lines.push(line);
    line = lines.length === 0 ? word : `${indent}${word}`;
    while (widthOf(line) > width) {
      const head = cut(line, width + 1).slice(0, -1);
      lines.push(head);
      line = `${indent}${line.slice(head.length)}`;
    }
  }
  return [...lines, line];
}
