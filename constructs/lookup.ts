import { propertyAccess, type StringMap, Token } from "cdktf";

/** The id under a name, which may be a token. When there is none, Terraform's plan says so. */
export function idByName(ids: StringMap, name: string): string {
  return Token.isUnresolved(name) ? Token.asString(propertyAccess(ids, [name])) : ids.lookup(escaped(name));
}

/** As it stands between the quotes of a Terraform string. */
function escaped(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[$%](?=\{)/g, "$&$&");
}
