/** Checks for people: a line each, and what to do below. */
import { colours } from "../shared/colours";
import { counted } from "../shared/counted";
import type { Check } from "./check";

const MARKS: Readonly<Record<Check["status"], string>> = {
  ok: colours.green("ok      "),
  warning: colours.yellow("warning "),
  problem: colours.red("PROBLEM "),
};
const INDENT = " ".repeat("warning ".length);

export function textOf(checks: readonly Check[], report: string | undefined): string {
  const blocks = checks.map(({ name, status, message, advice }) =>
    [
      `${MARKS[status]}${colours.bold(name)}: ${indented(message)}`,
      ...(advice === undefined ? [] : [`${INDENT}→ ${indented(advice)}`]),
    ].join("\n"),
  );
  const count = (wanted: Check["status"]) => checks.filter(({ status }) => status === wanted).length;
  return [
    ...blocks,
    "",
    `${counted(checks.length, "check")}: ${counted(count("problem"), "problem")}, ${counted(count("warning"), "warning")}.`,
    ...(report === undefined ? [] : [`The report is in ${report}: read it before you attach it to an issue.`]),
    "",
  ].join("\n");
}

const indented = (text: string): string => text.replaceAll("\n", `\n${INDENT}`);
