/** Log lines as Terraform reads them from a plugin's stderr: one JSON object a line, in the form of go-hclog. */
import { types } from "node:util";
import type { LogFields, RedactingLogger } from "../logger";
import { Redactor } from "./redaction";

const LEVELS = ["trace", "debug", "info", "warn", "error", "off"] as const;
export type LogLevel = (typeof LEVELS)[number];

export interface HclogOptions {
  /** Where the line comes from, e.g. "provider.example". */
  readonly module: string;
  readonly level: LogLevel;
  /** Takes one line, with its line feed. */
  readonly write: (line: string) => void;
}

/**
 * The level that Terraform's own environment asks for. Without one Terraform throws log lines away, so that only
 * errors are worth writing. An unknown name means everything, as it does to Terraform.
 */
export function levelFromEnvironment(env: NodeJS.ProcessEnv): LogLevel {
  const wanted = (env["TF_LOG_PROVIDER"] || env["TF_LOG"])?.toLowerCase();
  if (wanted === undefined || wanted === "") return "error";
  return LEVELS.find((level) => level === wanted) ?? "trace";
}

export function hclog({ module, level: threshold, write }: HclogOptions): RedactingLogger {
  const redactor = new Redactor();

  const at = (level: LogLevel) => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(threshold)) return () => {};
    return (message: string, fields: LogFields = {}) => {
      const line = {
        "@level": level,
        "@message": redactor.redact(message),
        "@module": module,
        // Terraform takes a line for one of its own kind only with exactly six fractional digits.
        "@timestamp": new Date().toISOString().replace("Z", "000Z"),
        ...printableFields(fields, redactor, 0),
      };
      write(`${JSON.stringify(line)}\n`);
    };
  };

  return {
    trace: at("trace"),
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    secrets: redactor,
  };
}

const DEEPEST = 6;
/** go-plugin reads a line through a buffer of 64 KiB; a longer line would arrive in pieces that are no JSON. */
const LONGEST_TEXT = 8_192;

function printableFields(fields: object, redactor: Redactor, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      redactor.redact(name),
      redactor.hides(name) && value !== null && value !== undefined ? redactor.mask : printable(value, redactor, depth),
    ]),
  );
}

/** The value as JSON can carry it, without secrets, whatever it is: logging must not fail. */
function printable(value: unknown, redactor: Redactor, depth: number): unknown {
  switch (typeof value) {
    case "string":
      return shortened(redactor.redact(value));
    case "number":
    case "boolean":
    case "undefined":
      return value;
    case "object":
      if (value === null) return null;
      if (types.isNativeError(value)) return shortened(redactor.redact(value.stack ?? String(value)));
      if (types.isDate(value)) return Number.isNaN(value.getTime()) ? String(value) : value.toISOString();
      if (value instanceof Uint8Array) return `<${value.length} bytes>`;
      if (depth >= DEEPEST) return "…";
      if (Array.isArray(value)) return value.map((element) => printable(element, redactor, depth + 1));
      return printableFields(value, redactor, depth + 1);
    default:
      return String(value);
  }
}

function shortened(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}… (${text.length} characters)`;
}
