/** What the benchmarks run on and with, for the record. */
import { execFileSync } from "node:child_process";
import { arch, cpus, platform } from "node:os";
import { findTerraform } from "../../src/installation/terraform-binary";
import { goVersion } from "../yardstick";

export function machine() {
  const processors = cpus();
  return {
    machine: `${platform()} ${arch()}, ${processors.length} × ${processors[0]?.model.trim() ?? "an unknown processor"}`,
    node: `Node.js ${process.version.slice(1)}`,
    terraform: terraformVersion(),
    go: goVersion() ?? "no Go",
  };
}

function terraformVersion(): string {
  const program = findTerraform();
  if (program === undefined) throw new Error("The benchmarks need a terraform on the PATH.");
  const [first = ""] = execFileSync(program, ["version"], { encoding: "utf8", env: { CHECKPOINT_DISABLE: "1" } }).split(
    "\n",
  );
  return first;
}
