/** The examples in TypeScript, each as a user has it who copied its folder. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { Project } from "../e2e/support/project";

export const EXAMPLES = join(__dirname, "..", "..", "examples");

/** Their names, which are those of their folders. */
export function appNames(): readonly string[] {
  return readdirSync(EXAMPLES).filter((name) => existsSync(join(EXAMPLES, name, "main.ts")));
}

export class ExampleProject extends Project {
  constructor(
    private readonly name: string,
    env: NodeJS.ProcessEnv = {},
  ) {
    super(env);
  }

  /**
   * Compiles and runs the app, which synthesizes its stacks with the package as it is installed.
   *
   * @param alias What its imports are taken from instead.
   * @returns The names of the stacks.
   */
  async synth(alias: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
    await build({
      entryPoints: [join(EXAMPLES, this.name, "main.ts")],
      outfile: join(this.directory, "main.js"),
      bundle: true,
      platform: "node",
      packages: "external",
      alias,
      // The repository's has a path for the package's name.
      tsconfigRaw: {},
    });
    await this.node("main.js");
    const manifest = JSON.parse(this.readFile("cdktf.out/manifest.json")) as { stacks: Record<string, unknown> };
    return Object.keys(manifest.stacks);
  }
}
