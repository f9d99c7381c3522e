/** The text in HTML or XML, found in one pass: half a megabyte of opening brackets takes no longer than any other text. */

/** Elements whose content is not for people. */
const HIDDEN: ReadonlySet<string> = new Set(["style", "script"]);

/** The title, else everything between the tags. */
export function textOfMarkup(markup: string): string {
  const texts: string[] = [];
  let hiddenUntil: string | undefined;
  for (const piece of markup.split("<")) {
    const [tag = ""] = /^\/?[a-z]*/i.exec(piece) ?? [];
    const name = tag.toLowerCase();
    if (hiddenUntil !== undefined && name !== hiddenUntil) continue;
    hiddenUntil = HIDDEN.has(name) ? `/${name}` : undefined;
    if (hiddenUntil !== undefined) continue;
    const end = piece.indexOf(">");
    const text = end < 0 ? "" : piece.slice(end + 1);
    if (name === "title" && text.trim() !== "") return text;
    texts.push(text);
  }
  return texts.join(" ");
}
