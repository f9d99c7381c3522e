/**
 * Hypervisors, domains and projects. Brief information is enough to find one: full information about everything takes
 * long in a large infrastructure (SVM management, "Getting information about infrastructure objects").
 */
import { type Infrastructure, isNotFound, type Location, type ObjectType } from "../../integration-server";
import type { Client } from "../../resources/shared/client";
import { attempt, explained } from "../../resources/shared/errors";
import type { Context } from "../../terraform";

/** Brief information about all of the given types. */
export async function listLocations(
  { id }: Infrastructure,
  types: readonly ObjectType[],
  { client: { server }, signal }: Context<Client>,
): Promise<readonly Location[]> {
  const { locations } = await attempt(`list the objects of the infrastructure ${id}`, () =>
    server.infrastructures.objects(id, { types, detailed: false, signal }),
  );
  return locations;
}

/** Full information about one; undefined when there is none of this id. */
export async function locationById(
  infrastructure: Infrastructure,
  id: string,
  { client: { server }, signal }: Context<Client>,
): Promise<Location | undefined> {
  try {
    const object = await server.infrastructures.object(infrastructure.id, id, { signal });
    return object.kind === "location" ? object : undefined;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw explained(`read the object ${id} of the infrastructure ${infrastructure.id}`, error);
  }
}
