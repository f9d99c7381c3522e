/** Node.js and Terraform. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { engines } from "../../../package.json";
import { findTerraform } from "../../installation";
import { oneLine } from "../shared/report";
import { type Finding, ok, problem } from "./check";

const run = promisify(execFile);

const OLDEST_NODE = Number.parseInt(engines.node.slice(">=".length), 10);
/** Milliseconds that a program may take to say its version. */
const PATIENCE = 20_000;

/** The first minor version 1.x of both products that has ephemeral variables and write-only attributes. */
const OLDEST_MINOR = 11;

/** Terraform starts the plugin with the `node` on its PATH, whichever this command runs on. */
export async function checkNode(): Promise<Finding> {
  let version: string;
  try {
    version = (await run("node", ["--version"], { timeout: PATIENCE })).stdout.trim();
  } catch (error) {
    return problem(
      `There is no node on the PATH that runs (${oneLine(error)}); this command runs on ${process.version}.`,
      `Put Node.js ${OLDEST_NODE} or newer on the PATH of Terraform: the provider's plugin is started with it.`,
    );
  }
  const major = Number(/^v(\d+)\./.exec(version)?.[1]);
  if (major >= OLDEST_NODE) return ok(`Node.js ${version}.`);
  return problem(
    `The node on the PATH is ${version}, and the provider's plugin needs ${OLDEST_NODE} or newer.`,
    `Put Node.js ${OLDEST_NODE} or newer on the PATH of Terraform.`,
  );
}

export async function checkTerraform(): Promise<Finding> {
  const { TERRAFORM_BINARY_NAME: chosen } = process.env;
  const binary = findTerraform();
  if (binary === undefined) {
    return problem(
      chosen
        ? `TERRAFORM_BINARY_NAME names "${chosen}", which is no program on the PATH.`
        : "There is no terraform and no tofu on the PATH.",
      `Install Terraform or OpenTofu 1.${OLDEST_MINOR} or newer, or let TERRAFORM_BINARY_NAME name one.`,
    );
  }
  let output: string;
  try {
    const env = { ...process.env, CHECKPOINT_DISABLE: "1" };
    output = (await run(binary, ["version"], { timeout: PATIENCE, env })).stdout;
  } catch (error) {
    return problem(`${binary} does not say its version: ${oneLine(error)}`, "Run it by hand, and mend what it says.");
  }
  const [, product, version = "", major, minor] = /^(Terraform|OpenTofu) v((\d+)\.(\d+)\S*)/m.exec(output) ?? [];
  if (product === undefined) {
    return problem(
      `${binary} is neither Terraform nor OpenTofu, as far as "version" tells.`,
      "Let TERRAFORM_BINARY_NAME name one.",
    );
  }
  if (Number(major) > 1 || Number(minor) >= OLDEST_MINOR) return ok(`${product} ${version}: ${binary}.`);
  return problem(
    `${product} ${version} (${binary}) knows no write-only attributes, which passwords need.`,
    `Install ${product} 1.${OLDEST_MINOR} or newer.`,
  );
}
