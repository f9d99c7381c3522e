/** Finds references to secrets in text that Terraform would store as it is. */
import { type TerraformElement, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { type Attribute, type Attributes, toCamelCase } from "../../src/terraform/schema";
import { schemaOf } from "../schema/configuration";
import { constructsOf } from "../schema/constructs-of";
import { resolveText } from "../schema/resolve";
import { isUnresolved } from "../schema/tokens";
import { isVariable } from "../schema/variable";

/** A variable, a local value's or an ephemeral resource's first names, or a resource's or data source's attribute. */
const REFERENCE = /(?<![\w.-])((?:data\.)?[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*)((?:\[[^\]]*\]|\.[\w*-]+)*)/g;
const STEP = /\.([A-Za-z_][\w-]*)/g;

/**
 * The references to secrets in a text, as Terraform writes them: to variables that are sensitive or ephemeral, to
 * ephemeral resources, and to sensitive or write-only attributes. Of other providers' attributes only Terraform knows
 * whether they are sensitive.
 */
export function secretReferences(scope: IConstruct, text: string): readonly string[] {
  if (!isUnresolved(text)) return [];
  const elements = elementsByAddress(scope);
  return [...resolveText(scope, text).matchAll(REFERENCE)]
    .filter(([, address = "", path = ""]) => isSecret(elements, address, path))
    .map(([reference]) => reference);
}

function isSecret(elements: ReadonlyMap<string, TerraformElement>, address: string, path: string): boolean {
  if (address.startsWith("ephemeral.")) return true;
  const element = elements.get(address);
  if (element === undefined) return false;
  if (isVariable(element)) return element.sensitive === true;
  const schema = schemaOf(element);
  const steps = [...path.matchAll(STEP)].map(([, name = ""]) => toCamelCase(name));
  return schema !== undefined && attributesOn(steps, schema.attributes).some(isSecretAttribute);
}

function isSecretAttribute({ sensitive, flags }: Attribute): boolean {
  return sensitive === true || flags.has("writeOnly");
}

/** The attributes that a path goes through, from the outermost on. */
function attributesOn([name = "", ...rest]: readonly string[], attributes: Attributes): readonly Attribute[] {
  const attribute = attributes[name];
  if (attribute === undefined) return [];
  return [attribute, ...(attribute.type.kind === "nested" ? attributesOn(rest, attribute.type.attributes) : [])];
}

function elementsByAddress(scope: IConstruct): ReadonlyMap<string, TerraformElement> {
  const elements = constructsOf(TerraformStack.of(scope)).filter(mayBeSecret);
  return new Map(elements.map((element) => [addressOf(scope, element), element]));
}

function mayBeSecret(construct: IConstruct): construct is TerraformElement {
  return isVariable(construct) || schemaOf(construct) !== undefined;
}

/** Their computation takes time, and a stack may have thousands of elements; at synth they do not change any more. */
const addresses = new WeakMap<TerraformElement, string>();

function addressOf(scope: IConstruct, element: TerraformElement): string {
  const known = addresses.get(element);
  if (known !== undefined) return known;
  const address = resolveText(scope, element.fqn).replace(/^\$\{(.*)\}$/, "$1");
  addresses.set(element, address);
  return address;
}
