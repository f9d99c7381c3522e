/** What somebody can tell a simulator while it runs, a line each. */
import { addFault, readFault } from "./faults/named";
import { parseHabit } from "./habit-values";
import { NotUnderstood } from "./not-understood";
import type { Simulator } from "./simulator";

interface Command {
  readonly parameters: string;
  readonly meaning: string;
  /** How many words there must be, and may be. */
  readonly words: readonly [least: number, most: number];
  /** @returns what came of it */
  readonly act: (simulator: Simulator, words: readonly string[], rest: string) => string;
}

const platformOf = (platform: string | undefined) => (platform === undefined ? {} : { platform });

const commands: Readonly<Record<string, Command>> = {
  "move-svm": {
    parameters: "NAME HOST",
    meaning: "live migration; in OpenStack to a hypervisor",
    words: [2, 2],
    act: ({ moveSvm }, [name = "", to = ""]) => {
      moveSvm(name, to);
      return `${name} is on ${to}.`;
    },
  },
  "rename-svm": {
    parameters: "NAME NEW-NAME",
    meaning: "it keeps its id",
    words: [2, 2],
    act: ({ renameSvm }, [name = "", newName = ""]) => {
      renameSvm(name, newName);
      return `${name} is called ${newName}.`;
    },
  },
  "power-off-svm": {
    parameters: "NAME",
    meaning: "its state is Disabled then",
    words: [1, 1],
    act: ({ powerOffSvm }, [name = ""]) => {
      powerOffSvm(name);
      return `${name} is off.`;
    },
  },
  "power-on-svm": {
    parameters: "NAME",
    meaning: "its state is Enabled then",
    words: [1, 1],
    act: ({ powerOnSvm }, [name = ""]) => {
      powerOnSvm(name);
      return `${name} is on.`;
    },
  },
  "remove-svm": {
    parameters: "NAME",
    meaning: "on its platform, behind the server's back",
    words: [1, 1],
    act: ({ removeSvm }, [name = ""]) => {
      removeSvm(name);
      return `${name} is gone.`;
    },
  },
  "add-svm": {
    parameters: "NAME HOST-OR-PROJECT [PLATFORM]",
    meaning: "one that was made by hand",
    words: [2, 3],
    act: ({ addSvm }, [name = "", on = "", platform]) => `Its id is ${addSvm({ name, on, ...platformOf(platform) })}.`,
  },
  "add-vm": {
    parameters: "NAME HOST-OR-PROJECT [PLATFORM]",
    meaning: "another team's machine",
    words: [2, 3],
    act: ({ addVm }, [name = "", on = "", platform]) => `Its id is ${addVm({ name, on, ...platformOf(platform) })}.`,
  },
  "reuse-svm-id": {
    parameters: "NAME NEW-NAME [HOST-OR-PROJECT]",
    meaning: "the SVM goes, and another machine gets its id",
    words: [2, 3],
    act: ({ reuseSvmId }, [name = "", newName = "", on]) => {
      reuseSvmId(name, { name: newName, ...(on === undefined ? {} : { on }) });
      return `${newName} has the id of ${name}.`;
    },
  },
  svms: {
    parameters: "",
    meaning: "those there are, with their places and ids",
    words: [0, 0],
    act: ({ world }) =>
      world.svms.all
        .map(({ platform, vm }) => `${vm.name} ${vm.state} ${platform.host} ${vm.parentId} ${vm.id}`)
        .join("\n"),
  },
  habit: {
    parameters: "NAME=VALUE",
    meaning: "as with --habit",
    words: [1, Number.POSITIVE_INFINITY],
    act: ({ habits }, _words, rest) => {
      Object.assign(habits, parseHabit(rest));
      return "From now on.";
    },
  },
  fault: {
    parameters: "FAULT",
    meaning: "as with --fault",
    words: [1, Number.POSITIVE_INFINITY],
    act: (simulator, _words, rest) => {
      addFault(simulator, readFault(rest));
      return "From now on.";
    },
  },
  "no-faults": {
    parameters: "",
    meaning: "forget those there are",
    words: [0, 0],
    act: ({ faults, world }) => {
      faults.clear();
      world.tasks.forgetInterventions();
      return "There are none.";
    },
  },
};

/** Each command as it is written, and what it does. */
export const commandHelp: readonly (readonly [string, string])[] = Object.entries(commands).map(
  ([name, { parameters, meaning }]) => [`${name} ${parameters}`.trimEnd(), meaning],
);

/**
 * Does what a line says.
 *
 * @returns what came of it, in words; nothing for an empty line
 * @throws NotUnderstood or RangeError that says what is wrong
 */
export function obey(simulator: Simulator, line: string): string {
  const [name = "", ...words] = line.trim().split(/\s+/);
  if (name === "") {
    return "";
  }
  const command = new Map(Object.entries(commands)).get(name);
  if (command === undefined) {
    throw new NotUnderstood(`There is no command "${name}". There are ${Object.keys(commands).join(", ")}.`);
  }
  const [least, most] = command.words;
  if (words.length < least || words.length > most) {
    throw new NotUnderstood(`It is ${name} ${command.parameters}`.trimEnd());
  }
  return command.act(simulator, words, line.trim().slice(name.length).trim());
}
