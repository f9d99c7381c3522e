/** What the guide to testing says of other languages: `cdktf get` makes bindings of the provider that `ksvla install` has installed. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Project, pack, ROOT } from "../package/support/project";

jest.setTimeout(300_000);

test("bindings for Python", async () => {
  const project = await Project.create();
  try {
    const { tarball } = await pack(project.directory);
    await project.npm("install", tarball, "--offline", "--legacy-peer-deps");
    await project.run("npx", ["--offline", "cdktf-ksvla", "install"]);
    const guide = readFileSync(join(ROOT, "docs", "guides", "testing.md"), "utf8");
    const [, providers = ""] = /`"terraformProviders": (\[.*?\])`/.exec(guide) ?? [];
    const configuration = { language: "python", app: "python main.py", terraformProviders: JSON.parse(providers) };
    await project.write(
      "cdktf.json",
      JSON.stringify({ ...configuration, codeMakerOutput: "imports", sendCrashReports: "false" }),
    );

    await project.run(process.execPath, [join(ROOT, "node_modules/cdktf-cli/bundle/bin/cdktf"), "get"], { CI: "1" });

    expect(existsSync(project.path("imports", "ksvla", "svm", "__init__.py"))).toBe(true);
  } finally {
    await project.remove();
  }
});
