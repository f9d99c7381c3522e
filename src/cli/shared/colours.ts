/** Colours for people at a terminal; never in a file or a pipe, and not where `NO_COLOR` is set. */
import picocolors from "picocolors";

const { NO_COLOR, TERM } = process.env;

export const colours = picocolors.createColors(process.stdout.isTTY === true && !NO_COLOR && TERM !== "dumb");
