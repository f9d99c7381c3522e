/**
 * The project's `cdktf.json` and one of the examples, run in a scratch folder: the state and the synthesized stacks that they
 * leave behind never mix with those of somebody who works in this checkout.
 */
import { spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";

/** What a cdktf app needs to find in its working directory. */
const LINKED = ["cdktf.json", "package.json", "tsconfig.json", "node_modules", "examples", "constructs", "src", "dist"];

export class DemoProject {
  readonly #folder: string;
  /** Everything that cdktf and Terraform wrote. */
  readonly log: string;
  readonly #app: string;
  #environment: NodeJS.ProcessEnv;

  /** @param example The folder in `examples/` whose app is run. */
  constructor(root: string, example: string, environment: NodeJS.ProcessEnv) {
    const parent = join(root, "cdktf.out");
    mkdirSync(parent, { recursive: true });
    this.#folder = mkdtempSync(join(parent, "demo-"));
    this.log = join(this.#folder, "demo.log");
    this.#app = `npx tsx examples/${example}/main.ts`;
    this.#environment = environment;
    for (const name of LINKED) {
      if (existsSync(join(root, name))) symlinkSync(join(root, name), join(this.#folder, name));
    }
  }

  /** Sets variables for what is run from now on. */
  export(variables: Readonly<Record<string, string>>): void {
    this.#environment = { ...this.#environment, ...variables };
  }

  /**
   * Runs the cdktf command line.
   *
   * @returns What it wrote.
   * @throws Error with the lines that tell what is wrong.
   */
  async cdktf(...args: readonly string[]): Promise<string> {
    const program = join(this.#folder, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf");
    const child = spawn(process.execPath, [program, ...args, "--app", this.#app], {
      cwd: this.#folder,
      env: this.#environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const log = createWriteStream(this.log, { flags: "a" });
    log.write(`$ cdktf ${args.join(" ")}\n`);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        log.write(text);
      });
    }
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject).once("close", resolve);
    });
    log.end();
    await finished(log);
    if (code !== 0) throw new Error(`cdktf ${args[0]} ended with ${code}:\n${errorLines(output)}`);
    return output;
  }

  /** Reads a JSON file that a command made. */
  readJson(name: string): unknown {
    return JSON.parse(readFileSync(join(this.#folder, name), "utf8"));
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** From the first error on; without any, the end of the output tells most. */
function errorLines(output: string): string {
  const lines = output.split("\n").map((line) => line.trimEnd());
  const first = lines.findIndex((line) => /\bError\b/.test(line));
  return lines
    .slice(first >= 0 ? first : -15)
    .join("\n")
    .trim();
}
