import { badRequest } from "../http/api-error";
import { address, base64Password, object, oneOf, optional, text } from "../http/shape";
import type { ConnectionSettings } from "../world/infrastructure";
import { hypervisorTypes, isOpenstackType, openstackTypes } from "../world/platforms";

const account = object({ name: text, password: base64Password });
const domainAccount = object({ domain: text, name: text, password: base64Password });

const hypervisorBody = object({
  type: oneOf(...hypervisorTypes),
  address,
  accounts: object({ admin: account, readOnly: optional(account) }),
});

const openstackBody = object({
  type: oneOf(...openstackTypes),
  address,
  specificSettings: object({ protocol: oneOf("https", "http"), region: optional(text) }),
  accounts: object({ admin: domainAccount, readOnly: optional(domainAccount) }),
});

const anyType = oneOf(...hypervisorTypes, ...openstackTypes);

/**
 * The body of `POST /infrastructures`: one of two, by the type.
 *
 * @throws ApiError 400 that names what differs from the documents
 */
export function readConnectionSettings(body: unknown): ConnectionSettings {
  const type = typeof body === "object" && body !== null && "type" in body ? body.type : undefined;
  return isOpenstackType(anyType(type, "body.type")) ? openstackBody(body, "body") : hypervisorBody(body, "body");
}

/**
 * The body of `testConnection`, which the documents show for OpenStack only.
 *
 * @throws ApiError 400 that names what differs from the documents
 */
export function readOpenstackSettings(body: unknown): ConnectionSettings {
  const settings = readConnectionSettings(body);
  if (!isOpenstackType(settings.type)) {
    throw badRequest(`body.type: a connection can be tested for ${openstackTypes.join(", ")}, got: ${settings.type}.`);
  }
  return settings;
}
