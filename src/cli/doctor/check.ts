/** What one check has found. */

export interface Check {
  readonly name: string;
  readonly status: "ok" | "warning" | "problem";
  readonly message: string;
  /** What to do; where there is something to do. */
  readonly advice?: string;
}

export type Finding = Omit<Check, "name">;

export const ok = (message: string): Finding => ({ status: "ok", message });
export const warning = (message: string, advice?: string): Finding => finding("warning", message, advice);
export const problem = (message: string, advice?: string): Finding => finding("problem", message, advice);

function finding(status: Finding["status"], message: string, advice: string | undefined): Finding {
  return { status, message, ...(advice !== undefined && { advice }) };
}

/** One finding of several: the worst says how it is, and nothing is left out. */
export function worst(findings: readonly Finding[]): Finding {
  const by = (status: Finding["status"]) => findings.filter((each) => each.status === status);
  const bad = [...by("problem"), ...by("warning")];
  const [first] = bad;
  if (first === undefined) return ok(sentences(findings.map(({ message }) => message)));
  const advice = bad.flatMap((each) => each.advice ?? []);
  return finding(
    first.status,
    sentences(bad.map(({ message }) => message)),
    advice.length > 0 ? sentences(advice) : undefined,
  );
}

/** Each once. */
const sentences = (texts: readonly string[]): string => [...new Set(texts)].join("\n");
