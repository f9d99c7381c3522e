import { type ApiContext, pathParameter, type Route } from "../http/api";
import { badRequest, notFound } from "../http/api-error";
import { decodeQueryValue, parseQuery } from "../http/query";
import type { Json } from "../json";
import type { Infrastructure } from "../world/infrastructure";
import { listedPlatform } from "../world/lists";
import { isOpenstackType } from "../world/platforms";
import { findInfrastructure } from "./infrastructures";
import { type InventoryObject, inventoryOf, type ObjectType, objectBody } from "./inventory";
import { translateIds } from "./translation";

const outputTypes = ["GeneralInfo", "DetailedInfo"] as const;

/** "Getting information about infrastructure objects", both variants: the types one can ask for, and the default ones. */
const objectTypes = {
  hypervisor: { known: ["Host", "VM", "SVM"], byDefault: ["Host"] },
  openstack: {
    known: ["OpenstackDomain", "OpenstackProject", "VM", "SVM"],
    byDefault: ["OpenstackDomain", "OpenstackProject"],
  },
} as const satisfies Record<string, { known: readonly ObjectType[]; byDefault: readonly ObjectType[] }>;

function objectsOf(infrastructure: Infrastructure, { world, clock }: ApiContext): readonly InventoryObject[] {
  const platform = listedPlatform(world, clock, infrastructure);
  return platform === undefined ? [] : inventoryOf(platform, infrastructure.id, world.habits);
}

/**
 * The types are joined by a literal plus sign, as every sample shows; a plus sign that is percent-encoded, or a space, is
 * another value.
 */
function readObjectTypes(infrastructure: Infrastructure, value: string | undefined): readonly ObjectType[] {
  const { known, byDefault } = isOpenstackType(infrastructure.type) ? objectTypes.openstack : objectTypes.hypervisor;
  if (value === undefined) {
    return byDefault;
  }
  return value.split("+").map((name) => {
    const type = known.find((candidate) => candidate === name);
    if (type === undefined) {
      throw badRequest(
        `objectTypes for ${infrastructure.type} is one or more of ${known.join(", ")}, joined by a literal "+" (not "%2B", not a space), got: ${value}`,
      );
    }
    return type;
  });
}

function readOutputType(value: string | undefined): (typeof outputTypes)[number] {
  const outputType = outputTypes.find((candidate) => candidate === (value ?? "GeneralInfo"));
  if (outputType === undefined) {
    throw badRequest(`outputType is one of ${outputTypes.join(", ")}, got: ${value}`);
  }
  return outputType;
}

function listBody(
  objects: readonly InventoryObject[],
  types: readonly ObjectType[],
  parentId: string | undefined,
  detailed: boolean,
): Json {
  const wanted = objects.filter(
    (each) => types.includes(each.type) && (parentId === undefined || parentIds(each).includes(parentId)),
  );
  const isVm = (each: InventoryObject) => each.type === "VM" || each.type === "SVM";
  return {
    locations: wanted.filter((each) => !isVm(each)).map((each) => objectBody(each, detailed)),
    vms: wanted
      .filter(isVm)
      .map((each) => ({ ...objectBody(each, detailed), ...(each.hidesId ? { id: undefined } : {}) })),
  };
}

function isAnId(id: string, objects: readonly InventoryObject[]): boolean {
  return objects.some((each) => each.id === id || parentIds(each).includes(id));
}

/** Where an object belongs, and where it is shown. */
function parentIds({ parentId, general }: InventoryObject): readonly unknown[] {
  return [parentId, general["parentId"]];
}

/** "Getting information about infrastructure objects required for SVM deployment". */
export const objectRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/3.0/infrastructures/:infrastructureId/objects",
    handle: (request, context) => {
      const infrastructure = findInfrastructure(request, context);
      const query = parseQuery(request.query, ["objectTypes", "outputType", "parentId"]);
      const types = readObjectTypes(infrastructure, query.objectTypes);
      const outputType = readOutputType(query.outputType);
      const sentParentId = query.parentId === undefined ? undefined : decodeQueryValue("parentId", query.parentId);
      const translate = <Value>(value: Value) => translateIds(context.world, infrastructure.id, value);
      const parentId = translate(sentParentId);
      const objects = objectsOf(infrastructure, context);
      if (parentId !== undefined && parentId !== infrastructure.id && !isAnId(parentId, objects)) {
        throw notFound(`There is no object ${sentParentId} in infrastructure ${infrastructure.id}.`);
      }
      return { status: 200, body: translate(listBody(objects, types, parentId, outputType === "DetailedInfo")) };
    },
  },
  {
    method: "GET",
    path: "/api/3.0/infrastructures/:infrastructureId/objects/:objectId",
    handle: (request, context) => {
      const infrastructure = findInfrastructure(request, context);
      parseQuery(request.query, []);
      const id = pathParameter(request, "objectId");
      const ownId = translateIds(context.world, infrastructure.id, id);
      const found = objectsOf(infrastructure, context).find((each) => each.id === ownId);
      if (found === undefined) {
        throw notFound(`There is no object ${id} in infrastructure ${infrastructure.id}.`);
      }
      return { status: 200, body: translateIds(context.world, infrastructure.id, objectBody(found, true)) };
    },
  },
];
