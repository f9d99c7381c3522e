import type { Json, JsonObject } from "../json";
import { property } from "../property";
import { platformAt } from "../world/connections";
import type { VirtualMachine } from "../world/platforms";
import type { World } from "../world/world";
import type { Fault } from "./fault";
import { everyTask, isTask } from "./tasks";
import { ownId, withOwnId } from "./values";

/**
 * Has an answer be about something else, if that is the fault.
 *
 * @param askedFor the ids in the request's path
 */
export function applyObjectFault(world: World, fault: Fault, body: Json, askedFor: readonly string[]): Json {
  const id = ownId(body);
  if (id === undefined) {
    return body;
  }
  switch (fault.kind) {
    case "anotherObject":
      // Where the path has an id, another object was looked at already, if there is one.
      return askedFor.length > 0 && !askedFor.includes(id)
        ? body
        : withOwnId(body, anotherId(world, id) ?? madeUp(world, id));
    case "wrongId":
      return withOwnId(body, fault.id ?? madeUp(world, id));
    case "foreignSvm":
      return isTask(body) ? withForeignSvm(world, body, fault.machine) : body;
    default:
      return body;
  }
}

/** An id of the same kind as another one, undefined if there is none. */
export function anotherId(world: World, id: string): string | undefined {
  const platforms = [...world.platforms.values()];
  const kinds: readonly (readonly string[])[] = [
    [...world.infrastructures.keys()],
    [...world.cluster.instances.keys()],
    [...world.images.keys()],
    world.tasks.roots.map((task) => task.id),
    ...platforms.map(({ vms }) => vms.map((vm) => vm.id)),
    ...platforms.map((platform) =>
      (platform.kind === "hypervisor" ? platform.hosts : platform.projects).map((each) => each.id),
    ),
  ];
  return kinds.find((ids) => ids.includes(id))?.find((other) => other !== id);
}

function madeUp({ identifiers }: World, id: string): string {
  return identifiers.uuid(`another than ${id}`);
}

function withForeignSvm(world: World, task: JsonObject, machine: string | undefined): JsonObject {
  return everyTask(task, (each) => {
    const named = parameterOf(each, "svmId");
    if (named === undefined) {
      return each;
    }
    const svmId = foreignMachine(world, parameterOf(each, "infrastructureId"), machine)?.id ?? madeUp(world, named);
    const parameters = listOf(each["parameters"]).map((one) =>
      property(one, "key") === "svmId" ? { key: "svmId", value: svmId } : one,
    );
    const { result } = each;
    return { ...each, parameters, ...(property(result, "svmId") === undefined ? {} : { result: { svmId } }) };
  });
}

function foreignMachine(
  world: World,
  infrastructureId: string | undefined,
  wanted: string | undefined,
): VirtualMachine | undefined {
  if (wanted !== undefined) {
    const machines = [...world.platforms.values()].flatMap(({ vms }) => vms);
    return machines.find(({ id, name }) => id === wanted || name === wanted);
  }
  const infrastructure = world.infrastructures.get(infrastructureId ?? "");
  return infrastructure && platformAt(world, infrastructure)?.vms.find(({ isSvm }) => !isSvm);
}

function parameterOf({ parameters }: JsonObject, wanted: string): string | undefined {
  const value = property(
    listOf(parameters).find((one) => property(one, "key") === wanted),
    "value",
  );
  return typeof value === "string" ? value : undefined;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
