/** Small things about JSON that the faults in answers need. */
import type { Json, JsonObject } from "../json";

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The property that says what an answer is about; nothing for a list. */
export function idProperty(body: Json | undefined): "infrastructureId" | "id" | undefined {
  if (!isObject(body)) {
    return undefined;
  }
  return "infrastructureId" in body ? "infrastructureId" : "id" in body ? "id" : undefined;
}

/** The id of what an answer is about. */
export function ownId(body: Json | undefined): string | undefined {
  const name = idProperty(body);
  const id = name !== undefined && isObject(body) ? body[name] : undefined;
  return typeof id === "string" ? id : undefined;
}

/** The same answer with another id. */
export function withOwnId(body: Json, id: Json): Json {
  const name = idProperty(body);
  return name !== undefined && isObject(body) ? { ...body, [name]: id } : body;
}
