/** The list of `docs/decisions`, by number. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export function renderDecisions(root: string): string {
  const folder = join(root, "docs", "decisions");
  const files = readdirSync(folder).filter((name) => /^\d{4}-/.test(name));
  const lines = files.sort().map((name) => {
    const [, number, title] = /^# (\d{4}): (.+)$/m.exec(readFileSync(join(folder, name), "utf8")) ?? [];
    if (number !== name.slice(0, 4))
      throw new Error(`${join(folder, name)} has to begin with "# ${name.slice(0, 4)}: …".`);
    return `- [${number}](${name}): ${title}`;
  });
  return ["# Decisions", "", "Why things are as they are, and what else was tried.", "", ...lines, ""].join("\n");
}
