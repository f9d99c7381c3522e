/** Arguments and outputs that several look-ups share. */
import {
  bool,
  computed,
  isUnknown,
  list,
  map,
  nestedList,
  number,
  optional,
  optionalComputed,
  type Problem,
  required,
  set,
  string,
} from "../../terraform/schema";
import { notEmpty } from "../../validators";

export const infrastructureId = () =>
  required(string(), {
    description: "The id of a connected infrastructure, such as `ksvla_infrastructure.example.id`.",
    validate: [notEmpty],
  });

export const refresh = () =>
  optional(bool(), {
    description:
      "Makes the Integration Server update what it knows of the infrastructure first, and waits for that. Use it when the infrastructure has changed since it was connected. Default: false.",
    default: false,
  });

/** What has to be there by name; `things` in the order in which they are explained. */
export const requiredNames = (things: string) =>
  optional(set(string()), {
    description: `Names of ${things} that have to be there.`,
  });

/** The description of `require`. */
export const REQUIRE =
  "Names that have to be there, each exactly once. One that is not is an error that lists what there is, where a reference to it would only be an invalid index.";

/** What finds one of several: its name or its id. */
export const nameOrId = (place: "hypervisor" | "project") => ({
  name: optionalComputed(string(), {
    description: `The ${place}'s name, exactly as the infrastructure reports it. Set either this or \`id\`.`,
    validate: [notEmpty],
  }),
  id: optionalComputed(string(), {
    description: `The ${place}'s id. Set either this or \`name\`.`,
    validate: [notEmpty],
  }),
});

/** The rule of such a look-up. */
export function* exactlyOneOfNameAndId(config: { readonly name: unknown; readonly id: unknown }): Iterable<Problem> {
  if (isUnknown(config.name) || isUnknown(config.id)) return;
  if (config.name === null && config.id === null) {
    yield { path: ["name"], message: "Set either name or id: one of them is needed to find the object." };
  }
  if (config.name !== null && config.id !== null) {
    yield { path: ["id"], message: "Set either name or id, not both." };
  }
}

/** A list of things that have an id and a name. */
export const named = (description: string) =>
  computed(
    nestedList({
      id: computed(string(), { description: "Its id." }),
      name: computed(string(), { description: "Its name." }),
    }),
    { description },
  );

/** A map from name to id. */
export const idsOf = (things: string) =>
  computed(map(string()), {
    description: `The ids of the ${things}, by name. A name that occurs more than once is left out, with a warning unless \`require\` is set.`,
  });

export const storages = () =>
  computed(
    nestedList({
      id: computed(string(), { description: "Its id." }),
      name: computed(string(), { description: "Its name." }),
      freeSpace: computed(number(), {
        description: "The free space, in the unit in which the Integration Server reports it.",
      }),
    }),
    { description: "The storages in which an SVM can be placed." },
  );

export const flavors = () =>
  computed(
    nestedList({
      id: computed(string(), { description: "Its id." }),
      name: computed(string(), { description: "Its name." }),
      vCpus: computed(number(), { description: "The number of virtual processors." }),
      ramInMegabytes: computed(number(), { description: "Memory in megabytes." }),
      diskInGigabytes: computed(number(), { description: "Disk size in gigabytes." }),
      suitableForSvmVersions: computed(list(string()), {
        description: "The SVM versions for which the Integration Server considers it suitable, such as `6.2`.",
      }),
    }),
    { description: "The flavors (instance types) that an SVM can have." },
  );

export const availabilityZones = () =>
  computed(list(string()), { description: "The names of the availability zones." });
