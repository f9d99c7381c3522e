/** Durations as Terraform users write them: `"500ms"`, `"90s"`, `"1h30m"`. */

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/;
const PART = /(\d+(?:\.\d+)?)(ms|s|m|h)/gy;

/** Milliseconds, or undefined when the text is no duration. */
export function parseDuration(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(PART)) total += Number(amount) * (UNITS[unit ?? ""] ?? 0);
  return total;
}

/** Validator: a duration longer than zero. */
export function duration(text: string): string | undefined {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined && milliseconds > 0) return undefined;
  return `must be a duration such as "500ms", "90s" or "1h30m", longer than zero, got: "${text}"`;
}
