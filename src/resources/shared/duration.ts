/** Milliseconds, for people: `10 min`, `90 s`. */
export function durationOf(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000);
  return seconds >= 120 ? `${Math.ceil(seconds / 60)} min` : `${seconds} s`;
}
