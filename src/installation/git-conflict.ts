/** The two texts that a file with git's conflict markers stands for. The markers: git-merge, "How conflicts are presented". */

export interface Line {
  /** With its line end. */
  readonly text: string;
  /** In the file, counted from 1. */
  readonly number: number;
}
export interface Conflict {
  /** In which line it starts, counted from 1. */
  readonly line: number;
  readonly ours: readonly Line[];
  readonly theirs: readonly Line[];
}

/** Lines that are settled, and conflicts. A marker that is not part of a whole conflict is a line like any other. */
export type ConflictedText = readonly (Line | Conflict)[];

const START = /^<{7}(?:[ \t].*)?\s*$/;
const BASE = /^\|{7}(?:[ \t].*)?\s*$/;
const MIDDLE = /^={7}\s*$/;
const END = /^>{7}(?:[ \t].*)?\s*$/;

export function readConflicts(text: string): ConflictedText {
  const lines = text
    .split(/(?<=\n)/)
    .filter((line) => line !== "")
    .map((line, index) => ({ text: line, number: index + 1 }));
  const pieces: (Line | Conflict)[] = [];
  for (let at = 0; at < lines.length; ) {
    const found = START.test(lines[at]?.text ?? "") ? conflictAt(lines, at) : undefined;
    if (found) pieces.push(found.conflict);
    else pieces.push(...lines.slice(at, at + 1));
    at = found?.end ?? at + 1;
  }
  return pieces;
}

export function isConflict(piece: Line | Conflict): piece is Conflict {
  return "ours" in piece;
}

/** The lines with all conflicts settled for one side. */
export function settled(text: ConflictedText, side: "ours" | "theirs"): readonly Line[] {
  return text.flatMap((piece) => (isConflict(piece) ? piece[side] : [piece]));
}

function conflictAt(lines: readonly Line[], start: number): { conflict: Conflict; end: number } | undefined {
  const next = (pattern: RegExp, from: number): number => {
    const distance = lines.slice(from).findIndex(({ text }) => pattern.test(text));
    return distance < 0 ? lines.length : from + distance;
  };
  const middle = next(MIDDLE, start + 1);
  const end = next(END, middle + 1);
  const again = next(START, start + 1);
  if (end >= lines.length || again < end) return undefined;
  const base = Math.min(next(BASE, start + 1), middle);
  return {
    conflict: { line: start + 1, ours: lines.slice(start + 1, base), theirs: lines.slice(middle + 1, end) },
    end: end + 1,
  };
}
