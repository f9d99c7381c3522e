import { propertyAccess, type StringMap, Token } from "cdktf";
import { produced } from "../schema/produced";
import { escapeTemplates, hidesNumber, mixesLists } from "../schema/tokens";

/** The id under a name, which may be a token. When there is none, Terraform's plan says so. */
export function idByName(ids: StringMap, name: string): string {
  if (mixesLists(name)) return failing("An element of a list that only Terraform knows is Fn.element(list, 0).");
  if (hidesNumber(name))
    return failing("A number that only Terraform knows is put into a text as Token.asString(number).");
  return Token.isUnresolved(name) ? Token.asString(propertyAccess(ids, [name])) : ids.lookup(quoted(name));
}

/** Whoever resolves it learns why it cannot be. */
function failing(message: string): string {
  return Token.asString(
    produced(() => {
      throw new Error(message);
    }),
  );
}

/** As it stands between the quotes of a Terraform string. */
function quoted(text: string): string {
  return escapeTemplates(JSON.stringify(text).slice(1, -1));
}
