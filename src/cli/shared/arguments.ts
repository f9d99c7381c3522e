/** What options of several commands are checked with. */
import { InvalidArgumentError } from "commander";
import { parseDuration } from "../../terraform/schema/duration";

/** An empty value is a variable of the shell that is not set. @param what the value is, such as "the journal's directory" */
export function notEmpty(what: string): (value: string) => string {
  return (value) => {
    if (value.trim() === "") throw new InvalidArgumentError(`It is empty; name ${what}.`);
    return value;
  };
}

/** For an option that may be given several times. */
export function repeatable(
  parse: (value: string) => string,
): (value: string, previous?: readonly string[]) => string[] {
  return (value, previous = []) => [...previous, parse(value)];
}

/** In milliseconds. */
export function duration(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined && milliseconds > 0) return milliseconds;
  throw new InvalidArgumentError('It must be a duration such as "90s" or "1h30m", longer than zero.');
}
