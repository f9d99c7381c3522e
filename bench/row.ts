/** One line of the table: something measured, against something else of the same run. */

export interface Row {
  /** What was done. */
  readonly what: string;
  /** What it took, with its unit. */
  readonly took: string;
  /** What it is compared with, and what that took. */
  readonly against: string;
  /** How many times that, or the figure itself where it is compared with nothing. */
  readonly figure: number;
  /** What the figure shall not exceed; without it, it is told for the record. */
  readonly aim?: number | undefined;
  /** Every single value, for the JSON. */
  readonly raw: Readonly<Record<string, readonly number[] | number>>;
}

export const seconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} s`;
export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} ms`;
export const mebibytes = (value: number): string => `${value.toFixed(0)} MiB`;

/** As Markdown. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ what, took, against, figure, aim }) => {
    const verdict = aim === undefined ? "" : figure <= aim ? `≤ ${aim}: met` : `≤ ${aim}: missed`;
    return `| ${[what, took, against, figure.toFixed(2), verdict].join(" | ")} |`;
  });
  return ["| what | took | against | figure | aim |", "|---|---:|---|---:|---|", ...lines].join("\n");
}
