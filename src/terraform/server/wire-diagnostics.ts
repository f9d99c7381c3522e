/** Diagnostics as the protocol carries them. */

import type { Diagnostic } from "../diagnostics";
import type {
  Diagnostic as WireDiagnostic,
  AttributePath as WirePath,
  AttributePathStep as WirePathStep,
} from "../protocol/tfplugin6";
import { toSnakeCase } from "../values/names";
import { type AttributePath, type PathStep, renderPath } from "../values/path";

export function toWireDiagnostic({ severity, summary, detail, path }: Diagnostic): WireDiagnostic {
  return {
    severity: severity === "error" ? "ERROR" : "WARNING",
    summary,
    detail,
    ...(path !== undefined && path.length > 0 && { attribute: toWirePath(path) }),
  };
}

/** What is said of every attribute alike, so that it names none. */
const NAMELESS = /^The (value|attribute) /;

/**
 * The detail, which begins with the attribute's name where it stands inside another one or is not named at all: of a path,
 * Terraform shows the first step at most, and of `cdk.tf.json` and of a configuration that it has generated not even the line.
 */
export function locatedDetail({ detail, path = [] }: Diagnostic): string {
  const name = renderPath(path);
  const isShown = path.length < 2 && !NAMELESS.test(detail);
  return path.length === 0 || isShown || isNamed(name, detail) ? detail : `${name}: ${detail}`;
}

function isNamed(name: string, detail: string): boolean {
  const begins = detail.startsWith(name) && !/^[\w.[]/.test(detail.slice(name.length));
  return begins || detail.includes(`\`${name}\``);
}

/** The path as far as the protocol can say it: an element of a set has no place of its own. */
export function toWirePath(path: AttributePath): WirePath {
  const set = path.findIndex((step) => typeof step === "object" && "value" in step);
  return { steps: path.slice(0, set < 0 ? undefined : set).map(toWireStep) };
}

function toWireStep(step: PathStep): WirePathStep {
  if (typeof step === "string") return { selector: { attributeName: toSnakeCase(step) } };
  if (typeof step === "number") return { selector: { elementKeyInt: step } };
  return { selector: { elementKeyString: "key" in step ? step.key : "" } };
}
