/** What faults are called on the command line: as their kinds are, with what they need after a colon. */
import { NotUnderstood } from "../not-understood";
import type { Fault } from "./fault";

interface Effect {
  /** What stands after the colon, in brackets if it need not; nothing if nothing may. */
  readonly argument?: string;
  readonly meaning: string;
  readonly fault: (argument: string | undefined) => Fault;
}

/** One that needs nothing but its name. */
function plain(fault: Fault, meaning: string): Effect {
  return {
    meaning,
    fault: (argument) => {
      if (argument !== undefined) {
        throw new NotUnderstood(`${fault.kind} takes nothing after a colon, got: "${argument}".`);
      }
      return fault;
    },
  };
}

const effects: Readonly<Record<Exclude<Fault["kind"], "status" | "rewrite">, Effect>> = {
  latency: {
    argument: "MILLISECONDS",
    meaning: "the request is handled later",
    fault: (argument) => ({ kind: "latency", milliseconds: milliseconds("latency", argument) }),
  },
  expireTokens: plain({ kind: "expireTokens" }, "every token expires just before"),
  dropBefore: plain({ kind: "dropBefore" }, "the connection is lost before anything happens"),
  dropAfter: plain({ kind: "dropAfter" }, "it happens, and the connection is lost before the answer"),
  dropDuring: plain({ kind: "dropDuring" }, "the connection is lost in the middle of the answer"),
  slowHeaders: {
    argument: "MILLISECONDS",
    meaning: "it happens, and the answer begins later",
    fault: (argument) => ({ kind: "slowHeaders", milliseconds: milliseconds("slowHeaders", argument) }),
  },
  slowBody: {
    argument: "MILLISECONDS",
    meaning: "the body comes in pieces, over this time",
    fault: (argument) => ({ kind: "slowBody", milliseconds: milliseconds("slowBody", argument) }),
  },
  gzip: plain({ kind: "gzip" }, "the body is compressed"),
  html: {
    argument: "[STATUS]",
    meaning: "a proxy's page is the answer",
    fault: (argument) => ({ kind: "html", ...optional("status", argument, (text) => whole("html", text, 100, 599)) }),
  },
  empty: plain({ kind: "empty" }, "the body is empty"),
  truncated: plain({ kind: "truncated" }, "the JSON breaks off in the middle"),
  wrongTypes: plain({ kind: "wrongTypes" }, "texts are numbers, numbers are texts, lists are objects"),
  deep: {
    argument: "[DEPTH]",
    meaning: "the JSON stands in that many brackets",
    fault: (argument) => ({ kind: "deep", ...optional("depth", argument, (text) => whole("deep", text, 1, 10 ** 7)) }),
  },
  huge: {
    argument: "[BYTES]",
    meaning: "the JSON is that much larger",
    fault: (argument) => ({ kind: "huge", ...optional("bytes", argument, (text) => whole("huge", text, 1, 2 ** 29)) }),
  },
  echo: plain({ kind: "echo" }, "texts for people repeat every secret that was sent so far"),
  escapes: plain({ kind: "escapes" }, "texts for people hold what terminals obey"),
  flood: {
    argument: "[BYTES]",
    meaning: "the body is that many <",
    fault: (argument) => ({
      kind: "flood",
      ...optional("bytes", argument, (text) => whole("flood", text, 1, 2 ** 29)),
    }),
  },
  anotherObject: plain({ kind: "anotherObject" }, "the answer is about another object of the kind"),
  wrongId: {
    argument: "[ID]",
    meaning: "the object has another id in the answer",
    fault: (argument) => ({ kind: "wrongId", ...optional("id", argument, String) }),
  },
  numericId: {
    argument: "[DIGITS]",
    meaning: "its id is a number, beyond 2^53",
    fault: (argument) => ({ kind: "numericId", ...optional("digits", argument, digits) }),
  },
  foreignSvm: {
    argument: "[MACHINE]",
    meaning: "a task names another machine as its SVM",
    fault: (argument) => ({ kind: "foreignSvm", ...optional("machine", argument, String) }),
  },
  progressText: {
    argument: "[TEXT]",
    meaning: "a task's progress is n/a",
    fault: (argument) => ({ kind: "progressText", ...optional("text", argument, String) }),
  },
  progressBack: plain({ kind: "progressBack" }, "a task's progress goes back"),
  withoutChildren: plain({ kind: "withoutChildren" }, "a task has no children"),
  withoutParameters: plain({ kind: "withoutParameters" }, "a task has no parameters"),
  unknownState: {
    argument: "[STATE]",
    meaning: "a task's state is Suspended",
    fault: (argument) => ({ kind: "unknownState", ...optional("state", argument, String) }),
  },
  runningChild: plain({ kind: "runningChild" }, "a task is completed while a child of it is running"),
  stuck: plain({ kind: "stuck" }, "a task stays as it was at the first look"),
  cancelTask: plain({ kind: "cancelTask" }, "somebody cancels the task just before"),
};

/** @throws NotUnderstood that says what there is */
export function readEffect(name: string, argument: string | undefined): Fault {
  const [, status, after] = /^(\d{3})(after)?$/.exec(name) ?? [];
  if (status !== undefined) {
    return {
      kind: "status",
      status: whole(name, status, 200, 599),
      ...optional("retryAfter", argument, (text) => whole(`${name} with Retry-After`, text, 0, 10 ** 6)),
      ...(after === undefined ? {} : { handled: true }),
    };
  }
  const effect = new Map<string, Effect>(Object.entries(effects)).get(name);
  if (effect === undefined) {
    const names = ["a status such as 503", "a status with after such as 500after", ...Object.keys(effects)];
    throw new NotUnderstood(`There is no effect "${name}". There are ${names.join(", ")}.`);
  }
  return effect.fault(argument);
}

/** Each effect as it is written, and what it is. */
export const effectHelp: readonly (readonly [string, string])[] = [
  ["503[:SECONDS]", "this status is the answer, nothing happens; with Retry-After"],
  ["503after[:SECONDS]", "it happens, and this status is the answer"],
  ...Object.entries(effects).map(([name, { argument, meaning }]) => [written(name, argument), meaning] as const),
];

function written(name: string, argument: string | undefined): string {
  return argument === undefined
    ? name
    : argument.startsWith("[")
      ? `${name}[:${argument.slice(1)}`
      : `${name}:${argument}`;
}

function optional<Name extends string, Value>(
  name: Name,
  argument: string | undefined,
  read: (argument: string) => Value,
): { readonly [Property in Name]?: Value } {
  const value: { [Property in Name]?: Value } = {};
  if (argument !== undefined) {
    value[name] = read(argument);
  }
  return value;
}

function milliseconds(name: string, argument: string | undefined): number {
  if (argument === undefined) {
    throw new NotUnderstood(`${name} needs its milliseconds after a colon, such as ${name}:500.`);
  }
  return whole(name, argument, 0, 2 ** 31 - 1);
}

function whole(name: string, text: string, least: number, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= least && number <= most)) {
    throw new NotUnderstood(`${name} takes a whole number from ${least} to ${most}, got: "${text}".`);
  }
  return number;
}

function digits(text: string): string {
  if (!/^\d+$/.test(text)) {
    throw new NotUnderstood(`numericId takes digits, got: "${text}".`);
  }
  return text;
}
