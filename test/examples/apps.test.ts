/** Every example in TypeScript is synthesized and valid, and what belongs to it fits. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { appNames, EXAMPLES, ExampleProject } from "./example";

describe.each(appNames())("examples/%s", (name) => {
  const read = (file: string) => readFileSync(join(EXAMPLES, name, file), "utf8");
  const pipelines = readdirSync(join(EXAMPLES, name)).filter((file) => file.startsWith("pipeline."));
  let project: ExampleProject;
  let stacks: readonly string[];

  beforeAll(async () => {
    project = new ExampleProject(name);
    stacks = await project.synth();
  });
  afterAll(() => project.dispose());

  /** What Terraform has to be given as `TF_VAR_…`. */
  function variables(): readonly string[] {
    const names = stacks.flatMap((stack) => {
      const { variable = {} } = JSON.parse(project.readFile(`cdktf.out/stacks/${stack}/cdk.tf.json`)) as {
        variable?: Readonly<Record<string, unknown>>;
      };
      return Object.keys(variable).map((variableName) => `TF_VAR_${variableName}`);
    });
    return [...new Set(names)].sort();
  }

  function mentioned(file: string): readonly string[] {
    return [...new Set(read(file).match(/TF_VAR_\w+/g))].sort();
  }

  test("its stacks are valid", async () => {
    for (const stack of stacks) {
      await project.terraformOf(stack, "init");
      const { valid, diagnostics } = JSON.parse(await project.terraformOf(stack, "validate", "-json"));
      expect({ stack, valid, diagnostics }).toEqual({ stack, valid: true, diagnostics: [] });
    }
  });

  test.each(["main.ts", ...pipelines])("%s names every secret that the stacks take, and no other", (file) => {
    expect(mentioned(file)).toEqual(variables());
  });

  if (pipelines.length === 0) return;

  test.each(pipelines)("%s deploys and destroys every stack", (file) => {
    const commands = [...read(file).matchAll(/cdktf (deploy|destroy) --skip-synth --auto-approve(.*?)(?: ;;)?$/gm)];
    const selected = commands.map(([, command, names = ""]) => [command, names.split(" ").filter(Boolean).sort()]);
    const needed = stacks.length === 1 ? [] : [...stacks].sort();
    expect(selected).toEqual([
      ["deploy", needed],
      ["destroy", needed],
    ]);
  });

  test.each(pipelines)("%s lets Terraform ask nothing", (file) => {
    expect(read(file)).toMatch(/^ {2}TF_INPUT: "0"$/m);
  });

  test("it is a project of its own, which its pipelines run", () => {
    expect(pipelines.sort()).toEqual(["pipeline.github.yml", "pipeline.gitlab.yml"]);
    expect(JSON.parse(read("cdktf.json"))).toMatchObject({ app: "npx tsx main.ts" });
    expect(existsSync(join(EXAMPLES, name, "README.md"))).toBe(true);
  });
});
