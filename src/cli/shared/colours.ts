/** Colours for people at a terminal; never in a file or a pipe, and not where `NO_COLOR` is set. */
import picocolors from "picocolors";

export type Colours = ReturnType<typeof picocolors.createColors>;

const { NO_COLOR, TERM } = process.env;

export function coloursOn(stream: { readonly isTTY?: boolean }): Colours {
  return picocolors.createColors(stream.isTTY === true && !NO_COLOR && TERM !== "dumb");
}

export const colours = coloursOn(process.stdout);
