import { propertyAccess, Token } from "cdktf";
import { type Referred, textOf } from "../schema/own-reference";
import { produced } from "../schema/produced";
import { escapeTemplates, hidesNumber, mixesLists } from "../schema/tokens";

/** The id under a name, which may be a token, in an attribute that maps names to ids. When there is none, Terraform's plan says so. */
export function idByName(place: Referred, ids: string, name: string): string {
  if (mixesLists(name)) return failing("An element of a list that only Terraform knows is Fn.element(list, 0).");
  if (hidesNumber(name))
    return failing("A number that only Terraform knows is put into a text as Token.asString(number).");
  if (Token.isUnresolved(name)) return Token.asString(propertyAccess(textOf(place, ids), [name]));
  return textOf(place, `${ids}["${quoted(name)}"]`);
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
