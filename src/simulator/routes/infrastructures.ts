import { type ApiContext, type ApiRequest, pathParameter, type Route } from "../http/api";
import { ApiError, notFound } from "../http/api-error";
import { parseQuery } from "../http/query";
import type { Infrastructure } from "../world/infrastructure";
import {
  accountStates,
  addInfrastructure,
  connectionDuration,
  findDuplicate,
  infrastructureState,
  refresh,
  shownState,
} from "../world/infrastructures";
import { knownPlatform } from "../world/looks";
import { isOpenstackType } from "../world/platforms";
import { readConnectionSettings, readOpenstackSettings } from "./infrastructure-request";
import { infrastructureBody, testedConnectionBody } from "./infrastructure-response";

/** @throws ApiError 404 for an id that names no infrastructure */
export function findInfrastructure(request: ApiRequest, { world }: ApiContext): Infrastructure {
  const id = pathParameter(request, "infrastructureId");
  const infrastructure = world.infrastructures.get(id);
  if (infrastructure === undefined) {
    throw notFound(`There is no infrastructure ${id}.`);
  }
  return infrastructure;
}

/** "Connecting the Integration Server and the virtual infrastructure" and "Deleting infrastructure connection settings". */
export const infrastructureRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/api/3.0/infrastructures",
    hasBody: true,
    handle: (request, context) => {
      parseQuery(request.query, []);
      const { world, clock } = context;
      const settings = readConnectionSettings(request.body, world.habits);
      const duplicate = findDuplicate(world, settings);
      if (duplicate !== undefined && world.habits.secondConnection === "refused") {
        throw new ApiError(
          409,
          "AlreadyExists",
          `${settings.type} at ${settings.address} is connected as infrastructure ${duplicate.id}.`,
        );
      }
      const infrastructure = addInfrastructure(world, clock, settings);
      const state = infrastructureState(world, clock, infrastructure);
      const body = infrastructureBody(context, infrastructure, state, undefined);
      if (isOpenstackType(infrastructure.type)) {
        return { status: 200, body };
      }
      // Only the later status requests show what the platform is called.
      const { name: _name, displayName: _displayName, version: _version, ...accepted } = body;
      return { status: 200, body: accepted };
    },
  },
  {
    method: "POST",
    path: "/api/3.0/infrastructures/testConnection",
    hasBody: true,
    handle: async (request, context) => {
      parseQuery(request.query, []);
      const { world, clock } = context;
      const settings = readOpenstackSettings(request.body, world.habits);
      await clock.sleep(connectionDuration(world, `test of ${settings.address}`) / 2);
      return { status: 200, body: testedConnectionBody(context, settings, accountStates(world, settings)) };
    },
  },
  {
    method: "GET",
    path: "/api/3.0/infrastructures/:infrastructureId",
    handle: (request, context) => {
      parseQuery(request.query, []);
      const { world, clock } = context;
      const infrastructure = findInfrastructure(request, context);
      const state = shownState(world, clock, infrastructure);
      const known = knownPlatform(world, clock, infrastructure);
      return { status: 200, body: infrastructureBody(context, infrastructure, state, known) };
    },
  },
  {
    method: "POST",
    path: "/api/3.0/infrastructures/:infrastructureId/refresh",
    handle: (request, context) => {
      parseQuery(request.query, []);
      refresh(context.world, context.clock, findInfrastructure(request, context));
      return { status: 200 };
    },
  },
  {
    method: "DELETE",
    path: "/api/3.0/infrastructures/:infrastructureId",
    handle: (request, context) => {
      parseQuery(request.query, []);
      context.world.infrastructures.delete(findInfrastructure(request, context).id);
      return { status: 200 };
    },
  },
];
