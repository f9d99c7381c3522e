/** What has to fit together in the configuration of a connection: what OpenStack needs, the others do not take. */
import { type AttributePath, isUnknown, type Problem, type Unknown } from "../../terraform/schema";
import {
  type InfrastructureType,
  infrastructureType,
  isInfrastructureType,
} from "../shared/schema/infrastructure-types";

interface TypeInput {
  readonly type: string | null | Unknown;
}

/** Keystone's protocol. */
export function* openstackProblems({
  type,
  openstack,
}: TypeInput & { readonly openstack: object | null | Unknown }): Iterable<Problem> {
  if (!isKnownType(type)) return;
  const path: AttributePath = ["openstack"];
  if (!infrastructureType(type).openstack) {
    if (openstack === null || isUnknown(openstack)) return;
    yield { path, message: `Only OpenStack types have openstack settings, got: type ${type}. Remove openstack.` };
  } else if (openstack === null) {
    const message = `The type ${type} needs openstack = { protocol = "https" } (or "http"), the protocol of its Keystone microservice.`;
    yield { path, message };
  }
}

type AccountInput = { readonly domain: string | null | Unknown } | null | Unknown;

/** A domain is needed for OpenStack types and has no place in the requests of the others. */
export function* domainProblems({
  type,
  admin,
  readOnly,
}: TypeInput & { readonly admin: AccountInput; readonly readOnly: AccountInput }): Iterable<Problem> {
  if (!isKnownType(type)) return;
  const { openstack } = infrastructureType(type);
  const accounts: Readonly<Record<string, AccountInput>> = { admin, readOnly };
  for (const [name, account] of Object.entries(accounts)) {
    if (account === null || isUnknown(account)) continue;
    const path: AttributePath = [name, "domain"];
    if (openstack && account.domain === null) {
      yield {
        path,
        message: `An account of an infrastructure of type ${type} needs its OpenStack domain: set domain.`,
      };
    }
    if (!openstack && account.domain !== null) {
      yield {
        path,
        message: `Only accounts of OpenStack infrastructures have a domain, and the type is ${type}: remove domain.`,
      };
    }
  }
}

/** What the type itself is checked for is not judged here. */
function isKnownType(type: string | null | Unknown): type is InfrastructureType {
  return typeof type === "string" && isInfrastructureType(type);
}
