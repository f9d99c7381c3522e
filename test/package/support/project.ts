/** A user's project with the packed package in it, as `npm install` makes it. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { cleanEnvironment, terraform } from "../../e2e/support/workspace";

const run = promisify(execFile);

export const ROOT = join(__dirname, "..", "..", "..");

/** Packs what `npm test` has built into a folder. */
export async function pack(folder: string): Promise<{ tarball: string; paths: readonly string[] }> {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const { stdout } = await run("npm", args, { cwd: ROOT });
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  return { tarball: join(folder, filename), paths: files.map(({ path }) => path) };
}

export class Project {
  /** An empty project. */
  static async create(): Promise<Project> {
    const project = new Project(await mkdtemp(join(tmpdir(), "ksvla-project-")));
    for (const folder of ["home", "tmp"]) await mkdir(project.path(folder));
    await project.write("package.json", JSON.stringify({ name: "project", private: true }));
    return project;
  }

  private constructor(readonly directory: string) {}

  path(...parts: readonly string[]): string {
    return join(this.directory, ...parts);
  }

  async write(name: string, content: string): Promise<void> {
    await mkdir(dirname(this.path(name)), { recursive: true });
    await writeFile(this.path(name), content);
  }

  read(name: string): Promise<string> {
    return readFile(this.path(name), "utf8");
  }

  /** With the settings and the cache that npm has for the user. */
  async npm(...args: readonly string[]): Promise<void> {
    await run("npm", [...args, "--no-audit", "--no-fund"], { cwd: this.directory });
  }

  /** Takes a package from this checkout, which is there without a registry. */
  async link(name: string): Promise<void> {
    const path = this.path("node_modules", name);
    await mkdir(dirname(path), { recursive: true });
    await symlink(join(ROOT, "node_modules", name), path);
  }

  /**
   * Runs a command.
   *
   * @returns What it wrote to its standard output.
   * @throws Error with everything that it wrote.
   */
  async run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    return this.#run(command, args, this.directory, env);
  }

  /** Runs Terraform in the folder of a synthesized stack. */
  async terraform(stack: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    return this.#run(terraform(), args, this.path("cdktf.out", "stacks", stack), env);
  }

  async #run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
    const options = { cwd, env: { ...cleanEnvironment(this.directory), ...env } };
    const { stdout } = await run(command, args, options).catch(
      (error: Error & { stdout?: string; stderr?: string }) => {
        throw new Error(`${command} ${args.join(" ")}: ${error.message}\n${error.stdout}\n${error.stderr}`);
      },
    );
    return stdout;
  }

  remove(): Promise<void> {
    return rm(this.directory, { recursive: true, force: true });
  }
}
