import { propertyAccess, type StringMap, Token } from "cdktf";
import { isUnresolved } from "./schema/tokens";

/** The id under a name, which may be a token. When there is none, Terraform's plan says so. */
export function idByName(ids: StringMap, name: string): string {
  return isUnresolved(name) ? Token.asString(propertyAccess(ids, [name])) : ids.lookup(escaped(name));
}

/** As it stands between the quotes of a Terraform string. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll("${", "$${").replaceAll("%{", "%%{");
}
