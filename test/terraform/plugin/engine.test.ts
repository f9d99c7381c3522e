import { execFileSync } from "node:child_process";
import { shortLifeFlags } from "../../../src/terraform/plugin/engine";

const names = (flags: readonly string[]) => flags.map((flag) => flag.replace(/=.*/, ""));

describe("the flags of V8", () => {
  it("are ones that the Node.js that runs this knows", () => {
    const known = execFileSync(process.execPath, ["--v8-options"], { encoding: "utf8" });
    const flags = names(shortLifeFlags(process.versions.node));
    expect(flags).toHaveLength(2);
    for (const flag of flags) expect(known).toContain(`  ${flag} (`);
  });

  it("are taken by a running process without a word", () => {
    const set = shortLifeFlags(process.versions.node).map((flag) => `v8.setFlagsFromString(${JSON.stringify(flag)});`);
    const program = `const v8 = require("node:v8"); ${set.join(" ")} console.log("set");`;
    expect(execFileSync("sh", ["-c", '"$0" -e "$1" 2>&1', process.execPath, program], { encoding: "utf8" })).toBe(
      "set\n",
    );
  });

  it("are left alone on versions of which nothing is known", () => {
    expect(shortLifeFlags("26.0.0")).toEqual([]);
  });
});
