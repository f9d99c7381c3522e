import type { Habits } from "../habits";
import { badRequest } from "../http/api-error";
import { address, base64Password, object, oneOf, optional, text } from "../http/shape";
import { property } from "../property";
import type { ConnectionSettings } from "../world/infrastructure";
import { hypervisorTypes, isOpenstackType, openstackTypes } from "../world/platforms";
import { infrastructureType } from "./spelling";

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

/**
 * The body of `POST /infrastructures`: one of two, by the type.
 *
 * @throws ApiError 400 that names what differs from the documents
 */
export function readConnectionSettings(body: unknown, habits: Habits): ConnectionSettings {
  const type = infrastructureType(habits, "connections")(property(body, "type"), "body.type");
  const settings = Object.assign({}, body, { type });
  return isOpenstackType(type) ? openstackBody(settings, "body") : hypervisorBody(settings, "body");
}

/**
 * The body of `testConnection`, which the documents show for OpenStack only.
 *
 * @throws ApiError 400 that names what differs from the documents
 */
export function readOpenstackSettings(body: unknown, habits: Habits): ConnectionSettings {
  const settings = readConnectionSettings(body, habits);
  if (!isOpenstackType(settings.type)) {
    throw badRequest(`body.type: a connection can be tested for ${openstackTypes.join(", ")}, got: ${settings.type}.`);
  }
  return settings;
}
