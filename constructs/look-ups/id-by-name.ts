import { propertyAccess, type StringMap, Token } from "cdktf";
import { escapeTemplates } from "../schema/tokens";

/** The id under a name, which may be a token. When there is none, Terraform's plan says so. */
export function idByName(ids: StringMap, name: string): string {
  return Token.isUnresolved(name) ? Token.asString(propertyAccess(ids, [name])) : ids.lookup(quoted(name));
}

/** As it stands between the quotes of a Terraform string. */
function quoted(text: string): string {
  return escapeTemplates(JSON.stringify(text).slice(1, -1));
}
