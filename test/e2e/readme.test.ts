import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "./support/app";
import { Workspace } from "./support/workspace";

jest.setTimeout(60_000);

const ROOT = join(__dirname, "..", "..");
const README = readFileSync(join(ROOT, "README.md"), "utf8");

/** The first block of code in a language. */
function block(language: string): string {
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(README)?.[1] ?? "";
}

test("the README's app compiles against the built package and synthesizes", async () => {
  const app = new App("");
  try {
    writeFileSync(join(app.directory, "main.ts"), block("ts"));
    const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
    const options = ["--strict", "--module", "node20", "--target", "es2023", "--outDir", ".", "--types", ""];

    execFileSync(process.execPath, [compiler, "main.ts", ...options], { cwd: app.directory, encoding: "utf8" });
    await app.synth();

    expect(app.readFile("cdktf.out/stacks/datacenter/cdk.tf.json")).toContain("svm-admin@vsphere.local");
  } finally {
    app.dispose();
  }
});

test("the README's configuration in HCL is formatted and valid", async () => {
  const workspace = await Workspace.create();
  try {
    workspace.writeFile("main.tf", block("hcl"));
    await workspace.init();

    await workspace.succeed(["fmt", "-check"]);
    await workspace.succeed(["validate"]);
  } finally {
    workspace.dispose();
  }
});
