import type { Json } from "../json";

/**
 * The same answer as XML, which older versions send to a client that does not ask for JSON. Only its being no JSON
 * matters: the documents show no form.
 */
export function toXml(body: Json): string {
  return `<?xml version="1.0" encoding="utf-8"?>${element("response", body)}`;
}

function element(name: string, value: Json | undefined): string {
  if (value === undefined || value === null) {
    return `<${name}/>`;
  }
  if (isList(value)) {
    return `<${name}>${value.map((item) => element("item", item)).join("")}</${name}>`;
  }
  if (typeof value === "object") {
    const children = Object.entries(value).map(([key, child]) => element(key, child));
    return `<${name}>${children.join("")}</${name}>`;
  }
  return `<${name}>${escapeText(String(value))}</${name}>`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function escapeText(value: string): string {
  return value.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
