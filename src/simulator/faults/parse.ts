import { NotUnderstood } from "../not-understood";
import { readEffect } from "./effects";
import type { FaultRule } from "./fault";

/** How a fault is written. */
export const faultSyntax = "[METHOD] PATH=EFFECT[:ARGUMENT][@WHICH][~PROBABILITY]";

const methods = ["GET", "POST", "PUT", "DELETE"];
const root = "/api/3.0";

/**
 * Reads a fault as the command line has it, such as `GET /virtualization/tasks/*=html@2`.
 *
 * @throws NotUnderstood that says what is wrong
 */
export function parseFault(text: string): FaultRule {
  const [, method, path = "", effect = ""] = /^(?:([A-Za-z*]+)\s+)?([^\s=]+)=(.*)$/.exec(text.trim()) ?? [];
  if (path === "") {
    throw new NotUnderstood(`A fault is ${faultSyntax}, such as "GET /virtualization/tasks/*=html@2", got: "${text}".`);
  }
  const [, name = "", argument, which, probability] = /^(\w*)(?::([^@~]*))?(?:@([^~]*))?(?:~(.*))?$/.exec(effect) ?? [];
  const fault = readEffect(name === "" ? effect : name, argument);
  return {
    ...readMethod(method),
    path: readPath(path),
    fault,
    ...(which === undefined ? {} : readWhich(which)),
    ...(probability === undefined ? {} : readProbability(probability, which === undefined)),
  };
}

function readMethod(method: string | undefined): Pick<FaultRule, "method"> {
  if (method === undefined || method === "*") {
    return {};
  }
  if (!methods.includes(method.toUpperCase())) {
    throw new NotUnderstood(`The method is one of ${methods.join(", ")}, or * for any, got: "${method}".`);
  }
  return { method: method.toUpperCase() };
}

/** The version's prefix may be left out. */
function readPath(path: string): string {
  if (!/^[/*]/.test(path)) {
    throw new NotUnderstood(`The path starts with a slash, or with * for any, got: "${path}".`);
  }
  return path.startsWith("*") || path.startsWith("/api/") ? path : `${root}${path}`;
}

/** `2` is the second, `2-4` are the second to the fourth, `2+` all from the second on. */
function readWhich(which: string): Pick<FaultRule, "skip" | "times"> {
  const [, first = "", to, all] = /^([1-9]\d*)(?:-([1-9]\d*)|(\+))?$/.exec(which) ?? [];
  const skip = Number(first) - 1;
  const times = all === undefined ? Number(to ?? first) - skip : Number.POSITIVE_INFINITY;
  if (first === "" || times < 1) {
    throw new NotUnderstood(`After @ stands which requests are struck: 2, 2-4 or 2+, got: "${which}".`);
  }
  return { skip, times };
}

function readProbability(text: string, ofAll: boolean): Pick<FaultRule, "probability" | "times"> {
  const probability = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(probability > 0 && probability <= 1)) {
    throw new NotUnderstood(`After ~ stands a probability, greater than 0 and at most 1, got: "${text}".`);
  }
  return ofAll ? { probability, times: Number.POSITIVE_INFINITY } : { probability };
}
