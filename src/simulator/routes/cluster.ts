import { type ApiContext, type ApiRequest, pathParameter, type Route } from "../http/api";
import { ApiError, notFound } from "../http/api-error";
import { parseQuery } from "../http/query";
import { addressWithPort, base64Password, object, oneOf } from "../http/shape";
import type { Json } from "../json";
import type { ReserveInstance } from "../world/cluster";
import { registerReserve, reserveConnection, updateReserve } from "../world/reserve-servers";
import { spellAddress } from "./spelling";

const roleBody = object({ role: oneOf("Primary") });
const instanceBody = object({ role: oneOf("Reserve"), address: addressWithPort, password: base64Password });

const instances = "/api/3.0/ha/instances";
const instance = `${instances}/:instanceId`;

/** The documents have all of it done on the primary server; how another one refuses, they do not show. */
function requirePrimary({ world: { cluster } }: ApiContext): void {
  if (cluster.role !== "Primary") {
    const role = cluster.role.toLowerCase();
    throw new ApiError(
      403,
      "WrongRole",
      `Reserve servers are managed on the primary Integration Server, and this one has the role ${role}.`,
    );
  }
}

function findInstance(request: ApiRequest, { world }: ApiContext): ReserveInstance {
  const id = pathParameter(request, "instanceId");
  const found = world.cluster.instances.get(id);
  if (found === undefined) {
    throw notFound(`There is no reserve Integration Server ${id}.`);
  }
  return found;
}

function instanceResponse(reserve: ReserveInstance, { world, clock }: ApiContext): Json {
  const { status, error } = reserveConnection(world, clock, reserve);
  return {
    createdAt: reserve.createdAt.toISOString(),
    id: reserve.id,
    role: "Reserve",
    address: spellAddress(world.habits, reserve.address),
    connectionInfo: { status, connectionError: error },
  };
}

/** "Assigning a role to the primary Integration Server" and "Managing reserve Integration Servers". */
export const clusterRoutes: readonly Route[] = [
  {
    method: "PUT",
    path: "/api/3.0/server/configuration/role",
    hasBody: true,
    handle: (request, { world: { cluster } }) => {
      parseQuery(request.query, []);
      const { role } = roleBody(request.body, "body");
      if (cluster.role === "Reserve") {
        throw new ApiError(
          409,
          "WrongRole",
          "This Integration Server is the reserve server of another one, and no other function of it is available.",
        );
      }
      cluster.role = role;
      return { status: 200 };
    },
  },
  {
    method: "POST",
    path: instances,
    hasBody: true,
    handle: (request, context) => {
      parseQuery(request.query, []);
      const { address, password } = instanceBody(request.body, "body");
      requirePrimary(context);
      const { world, clock } = context;
      const [registered] = world.cluster.instances.values();
      if (registered !== undefined) {
        throw new ApiError(
          409,
          "AlreadyExists",
          `Only one reserve server can be registered, and ${registered.address} is, with the id ${registered.id}.`,
        );
      }
      return { status: 200, body: instanceResponse(registerReserve(world, clock, { address, password }), context) };
    },
  },
  {
    method: "GET",
    path: instances,
    handle: (request, context) => {
      parseQuery(request.query, []);
      requirePrimary(context);
      const registered = [...context.world.cluster.instances.values()];
      return { status: 200, body: { instances: registered.map((each) => instanceResponse(each, context)) } };
    },
  },
  {
    method: "GET",
    path: instance,
    handle: (request, context) => {
      parseQuery(request.query, []);
      requirePrimary(context);
      return { status: 200, body: instanceResponse(findInstance(request, context), context) };
    },
  },
  {
    method: "PUT",
    path: instance,
    hasBody: true,
    handle: (request, context) => {
      parseQuery(request.query, []);
      const { address, password } = instanceBody(request.body, "body");
      requirePrimary(context);
      const registered = findInstance(request, context);
      updateReserve(context.world, context.clock, registered, { address, password });
      return { status: 200, body: instanceResponse(registered, context) };
    },
  },
  {
    method: "DELETE",
    path: instance,
    handle: (request, context) => {
      parseQuery(request.query, []);
      requirePrimary(context);
      context.world.cluster.instances.delete(findInstance(request, context).id);
      return { status: 200 };
    },
  },
];
