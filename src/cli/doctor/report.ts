/** A report for an issue: what was found, without secrets, names and addresses. */
import { release } from "node:os";
import { homeDirectory } from "../../installation";
import { parseServerAddress } from "../../integration-server/address";
import { Redactor } from "../../terraform/plugin/redaction";
import { VERSION } from "../../version";
import type { Check } from "./check";

/** What would tell where somebody works. */
const ADDRESS = /\b(?:\d{1,3}\.){3}\d{1,3}\b|\b[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,7}\b(?!:)/gi;
/** Certificates name companies and their machines. */
const CERTIFICATE_NAME = /\b(CN|OU|O|L|ST|DC|C|emailAddress)=[^,;\n]+/g;
const THUMBPRINT = /\b(?:[0-9A-F]{2}:){19}(?:(?:[0-9A-F]{2}:){12})?[0-9A-F]{2}\b/gi;

export function reportOf(checks: readonly Check[], environment: NodeJS.ProcessEnv): string {
  const lines = checks.flatMap(({ name, status, message, advice }) => [
    `- **${name}**: ${status}`,
    ...[message, ...(advice === undefined ? [] : [`→ ${advice}`])].flatMap((text) =>
      text.split("\n").map((line) => `  ${line}`),
    ),
  ]);
  const text = [
    `ksvla ${VERSION}, Node.js ${process.version}, ${process.platform} ${process.arch}, ${release()}`,
    "",
    ...lines,
    "",
  ].join("\n");
  return anonymous(text, environment);
}

function anonymous(text: string, environment: NodeJS.ProcessEnv): string {
  const secrets = new Redactor();
  secrets.add(environment["KSVLA_PASSWORD"] ?? "");
  const { host } = parseServerAddress(environment["KSVLA_ADDRESS"] ?? "") ?? {};
  const replacements: readonly (readonly [string | undefined, string])[] = [
    [host, "SERVER"],
    [environment["KSVLA_USERNAME"], "USER"],
    [process.cwd(), "."],
    [homeDirectory(environment), "~"],
  ];
  const replaced = replacements.reduce(
    (all, [word, by]) => (word ? all.replaceAll(word, by) : all),
    secrets.redact(text),
  );
  return replaced.replace(CERTIFICATE_NAME, "$1=NAME").replace(THUMBPRINT, "THUMBPRINT").replace(ADDRESS, "ADDRESS");
}
