/** Habits as the command line writes them: `NAME=VALUE`. */
import { defaultHabits, type Habits } from "./habits";
import { NotUnderstood } from "./not-understood";

/** What a habit can be: one of these words, a number of simulated seconds of at least this, or names. */
type Values<Value> = [Value] extends [string]
  ? { readonly [Word in Value]: true }
  : [Value] extends [number]
    ? { readonly secondsFrom: number }
    : { readonly names: true };

interface Description<Value> {
  readonly meaning: string;
  readonly values: Values<Value>;
}

const descriptions: { readonly [Name in keyof Habits]: Description<Habits[Name]> } = {
  lists: {
    meaning: "what becomes of an SVM is listed at once, or late",
    values: { current: true, lagging: true },
  },
  updatePeriodSeconds: { meaning: "how often the server looks at a platform", values: { secondsFrom: 0.001 } },
  reportedUpdatePeriod: {
    meaning: "OpenStack reports 0, or what is true",
    values: { asDocumented: true, onOpenStackToo: true },
  },
  statusAfterRefresh: {
    meaning: "the first look after a refresh shows CONNECTED once more",
    values: { connecting: true, connectedOnce: true },
  },
  listsAfterConnecting: {
    meaning: "what lists show while a connection is young",
    values: { complete: true, empty: true, withoutMachines: true, partial: true },
  },
  listsCompleteAfterSeconds: { meaning: "how long it is young", values: { secondsFrom: 0 } },
  newIds: {
    meaning: "what a connection that is added numbers anew",
    values: { nothing: true, hosts: true, hostsAndMachines: true, everything: true },
  },
  openstackSvmParent: {
    meaning: "what parentId of an SVM in OpenStack is",
    values: { project: true, hypervisor: true },
  },
  connectionStates: { meaning: "how infrastructures spell states", values: { CONNECTED: true, Connected: true } },
  cancelledTask: { meaning: "how tasks spell it", values: { Cancelled: true, Canceled: true } },
  numaVServer: {
    meaning: "the one name of Numa vServer that is taken",
    values: { asDocumented: true, NUMAVSERVER: true, NUMAVERSER: true },
  },
  addresses: {
    meaning: "how addresses come back",
    values: { asSent: true, lowerCase: true, upperCase: true, withPort: true },
  },
  svmsWithoutId: { meaning: "SVMs that are listed without an id", values: { names: true } },
  svmsWithoutAdapterIds: { meaning: "SVMs whose adapters have no ids", values: { names: true } },
  microservices: { meaning: "where regions list them, as to endpoints", values: { beside: true, inside: true } },
  readOnlyDetails: { meaning: "what OpenStack's readonly has for details", values: { regions: true, text: true } },
  taskResult: { meaning: "when a task shows its result", values: { atTheEnd: true, early: true } },
  taskStage: { meaning: "whether tasks have a stage", values: { shown: true, leftOut: true } },
  sessionEnd: { meaning: "which time ends a token", values: { validTo: true, activeTo: true } },
  certificateAddress: {
    meaning: "what a certificate's address is",
    values: { withPort: true, withoutPort: true },
  },
  reconfiguredNetworks: {
    meaning: "where a reconfiguration may have its networks, as to deploymentInfo",
    values: {
      either: true,
      refuseBeside: true,
      refuseInside: true,
      ignoreBeside: true,
      ignoreInside: true,
      ignoreBoth: true,
    },
  },
  rootPasswordAlone: {
    meaning: "a new password for root without allowSshAccess",
    values: { accepted: true, refused: true },
  },
  secondConnection: { meaning: "a second one to one address", values: { refused: true, accepted: true } },
  taskList: {
    meaning: "which versions of the API list tasks",
    values: { none: true, "2.0": true, "3.0": true, both: true },
  },
};

/**
 * Reads a habit as the command line has it, such as `lists=lagging`.
 *
 * @throws NotUnderstood that says what is wrong
 */
export function parseHabit(text: string): Partial<Habits> {
  const [, name = "", value = ""] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(text) ?? [];
  const description = described.get(name);
  if (description === undefined) {
    const names = Object.keys(descriptions).join(", ");
    throw new NotUnderstood(`A habit is NAME=VALUE, such as lists=lagging; there are ${names}. Got: "${text}".`);
  }
  return { [name]: readValue(name, value, description.values) };
}

/** Each habit, what it is, and what it can be, its default first. */
export const habitHelp: readonly (readonly [name: string, meaning: string, values: string])[] = Object.entries(
  descriptions,
).map(([name, { meaning, values }]) => [name, meaning, written(name, values)]);

type AnyValues = Values<string> | Values<number> | Values<readonly string[]>;

const described = new Map<string, { readonly values: AnyValues }>(Object.entries(descriptions));

function readValue(name: string, value: string, values: AnyValues): string | number | readonly string[] {
  if (isSeconds(values)) {
    const seconds = /^\d*\.?\d+$/.test(value) ? Number(value) : Number.NaN;
    if (!(seconds >= values.secondsFrom)) {
      throw new NotUnderstood(`${name} takes simulated seconds, at least ${values.secondsFrom}, got: "${value}".`);
    }
    return seconds;
  }
  if (isNames(values)) {
    return value === "" ? [] : value.split(",").map((each) => each.trim());
  }
  if (!Object.hasOwn(values, value)) {
    throw new NotUnderstood(`${name} is one of ${Object.keys(values).join(", ")}, got: "${value}".`);
  }
  return value;
}

function written(name: string, values: AnyValues): string {
  if (isSeconds(values)) {
    return `simulated seconds, ${new Map(Object.entries(defaultHabits)).get(name)}`;
  }
  return isNames(values) ? "names with commas between, or *; none" : Object.keys(values).join(", ");
}

function isSeconds(values: AnyValues): values is Values<number> {
  return "secondsFrom" in values;
}

function isNames(values: AnyValues): values is Values<readonly string[]> {
  return "names" in values;
}
