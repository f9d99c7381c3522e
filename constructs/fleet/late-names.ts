/** Names that only Terraform knows, in the form that CDKTF has for any value: a variable's `value`, or an iterator's. */
import { Token } from "cdktf";
import { isDynamic } from "../schema/late";
import { fieldsOf, isRecord } from "../schema/record";
import { comesLate } from "./lists";
import type { SvmProps } from "./props";

const NAMES = [
  "host",
  "storage",
  "project",
  "domain",
  "flavor",
  "volumeType",
  "availabilityZone",
  "serverGroup",
  "network",
] as const;

/** The props with such names as text, wherever something is named. */
export function withTextNames(props: SvmProps): SvmProps {
  return changed(changed(props, NAMES, asText), ["networks"], (networks) => ofEach(networks, inNetwork));
}

function inNetwork(network: object): object {
  return changed(changed(network, ["network"], asText), ["ports"], (ports) => ofEach(ports, inPort));
}

function inPort(port: object): object {
  return changed(port, ["securityGroups"], (groups) => (Array.isArray(groups) ? groups.map(asText) : groups));
}

/** Lists that come late stay what they are. */
function ofEach(list: unknown, change: (element: object) => object): unknown {
  if (!Array.isArray(list) || comesLate(list)) return list;
  return list.map((each) => (isRecord(each) ? change(fieldsOf(each)) : each));
}

function changed<T extends object>(values: T, names: readonly string[], change: (value: unknown) => unknown): T {
  const given = Object.entries(values).filter(([name]) => names.includes(name));
  return { ...values, ...Object.fromEntries(given.map(([name, value]) => [name, change(value)])) };
}

/** What has an id, as an element of a list that Terraform has, is no name. */
function asText(value: unknown): unknown {
  const isToken = typeof value === "object" && value !== null && !Array.isArray(value) && Token.isUnresolved(value);
  return isToken && !isDynamic(value) && !("id" in value) ? Token.asString(value) : value;
}
