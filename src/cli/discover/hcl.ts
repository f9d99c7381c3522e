/** What was found, as a Terraform configuration that imports it. */

import { PROVIDER_SOURCE } from "../../installation";
import { hclString } from "../../resources/shared/pasting";
import { toSnakeCase } from "../../terraform/values/names";
import { VERSION } from "../../version";
import type { Files } from "./files";
import type { Found, FoundInfrastructure, FoundSvm } from "./found";
import { accountsOf, type Known, type Variable, variablesOf } from "./variables";

/** Written as it is, where every other text is quoted. */
class Expression {
  constructor(readonly text: string) {}
}

type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | Expression
  | readonly Value[]
  | { readonly [key: string]: Value };

export function hclFiles({ infrastructures }: Found): Files {
  const variables = infrastructures.flatMap(variablesOf);
  const own = infrastructures.filter(({ isManaged }) => !isManaged);
  return {
    "main.tf": MAIN,
    ...(variables.length > 0 && { "variables.tf": joined(variables.map(variableBlock)) }),
    ...(own.length > 0 && { "infrastructures.tf": joined(own.map(infrastructureBlock)) }),
    "svms.tf": joined([IMAGE, ...infrastructures.flatMap((each) => each.svms.map((svm) => svmBlock(each, svm)))]),
    "imports.tf": joined([IMPORTS, ...infrastructures.flatMap(importBlocks)]),
  };
}

const MAIN = `terraform {
  required_version = ">= 1.11"
  required_providers {
    ksvla = {
      source  = ${hclString(PROVIDER_SOURCE)}
      version = ${hclString(VERSION)}
    }
  }
}

# KSVLA_ADDRESS, KSVLA_PASSWORD and KSVLA_THUMBPRINT in the environment, or arguments here.
provider "ksvla" {}
`;

const IMAGE = `# The API does not tell which image, storage and flavor an SVM was deployed with: here they are "unknown". Another value
# replaces the SVM. To let Terraform change the settings of an SVM, add its ksc, root and klconfig.
locals {
  image_id = "unknown"
}
`;

const IMPORTS = `# Once this is applied, the file has done its work, and can be removed.
`;

function variableBlock({ name, description, isSecret }: Variable): string {
  const secret = isSecret ? { sensitive: true, ephemeral: true } : {};
  return block(`variable "${name}"`, { description, type: new Expression("string"), ...secret });
}

function infrastructureBlock(infrastructure: FoundInfrastructure): string {
  const { identifier, settings } = infrastructure;
  const { type, address, openstack } = settings;
  const accounts = accountsOf(infrastructure).map(({ attribute, name, domain, password }) => {
    const values = { domain: domain && known(domain), name: known(name), passwordWo: variable(password) };
    return [attribute, values] as const;
  });
  return block(`resource "ksvla_infrastructure" "${identifier}"`, {
    type,
    address,
    openstack,
    ...Object.fromEntries(accounts),
  });
}

function svmBlock({ id, identifier: infrastructure, isManaged }: FoundInfrastructure, svm: FoundSvm): string {
  const { identifier, name, place, config } = svm;
  const connection = isManaged ? id : new Expression(`ksvla_infrastructure.${infrastructure}.id`);
  const values = { name, infrastructureId: connection, ...config, imageId: new Expression("local.image_id") };
  return `# On ${comment(place)}.\n${block(`resource "ksvla_svm" "${identifier}"`, values)}`;
}

function importBlocks({ id, identifier, isManaged, svms }: FoundInfrastructure): readonly string[] {
  const importing = (address: string, importId: string): string =>
    block("import", { to: new Expression(address), id: importId });
  return [
    ...(isManaged ? [] : [importing(`ksvla_infrastructure.${identifier}`, id)]),
    ...svms.map((svm) => importing(`ksvla_svm.${svm.identifier}`, svm.importId)),
  ];
}

function known(value: Known): Value {
  return "text" in value ? value.text : variable(value.variable);
}

function variable({ name }: Variable): Expression {
  return new Expression(`var.${name}`);
}

/** A name in a comment ends where its line does. */
function comment(text: string): string {
  return text.replace(/[\r\n\u2028\u2029]/g, " ");
}

function block(head: string, values: Readonly<Record<string, Value>>): string {
  return `${head} ${objectText(values, "")}\n`;
}

function valueText(value: Value, indent: string): string {
  if (value instanceof Expression) return value.text;
  if (typeof value === "string") return hclString(value);
  if (isList(value)) return listText(value, indent);
  return typeof value === "object" && value !== null ? objectText(value, indent) : String(value);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function listText(list: readonly Value[], indent: string): string {
  const isFlat = list.every((value) => typeof value !== "object" || value instanceof Expression);
  if (isFlat) return `[${list.map((value) => valueText(value, indent)).join(", ")}]`;
  const inner = `${indent}  `;
  return `[\n${list.map((value) => `${inner}${valueText(value, inner)},\n`).join("")}${indent}]`;
}

/** What is null is left out. Equal signs stand below each other, as "terraform fmt" has them. */
function objectText(object: Readonly<Record<string, Value>>, indent: string): string {
  const inner = `${indent}  `;
  const entries = Object.entries(object).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[toSnakeCase(name), valueText(value, inner)] as const],
  );
  const lines = entries.map(([name, text], index) => {
    const width = alignment(entries, index);
    return `${inner}${name.padEnd(width)} = ${text}\n`;
  });
  return `{\n${lines.join("")}${indent}}`;
}

/** The longest name among the neighbours that fit a line each; what takes several lines stands by itself. */
function alignment(entries: readonly (readonly [string, string])[], index: number): number {
  const isShort = (at: number): boolean => entries[at] !== undefined && !entries[at][1].includes("\n");
  if (!isShort(index)) return 0;
  let first = index;
  let last = index;
  while (isShort(first - 1)) first -= 1;
  while (isShort(last + 1)) last += 1;
  return Math.max(...entries.slice(first, last + 1).map(([name]) => name.length));
}

function joined(blocks: readonly string[]): string {
  return blocks.join("\n");
}
