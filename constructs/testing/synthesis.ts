/** An app that is synthesized into a test's folder. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { type Configuration, isolated, type Surroundings } from "./isolation";

/** Defines the stacks of an app. */
export type DefineStacks = (app: App) => unknown;

export interface SynthesizedStack {
  readonly name: string;
  /** Where Terraform runs. */
  readonly folder: string;
}

interface Manifest {
  readonly stacks: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly workingDirectory: string;
        readonly synthesizedStackPath: string;
        readonly dependencies: readonly string[];
      }
    >
  >;
}

/** @returns the stacks, each after those that it depends on */
export async function synthesize(
  define: DefineStacks,
  outdir: string,
  surroundings: Surroundings,
): Promise<readonly SynthesizedStack[]> {
  mkdirSync(outdir, { recursive: true });
  const app = new App({ outdir });
  await define(app);
  app.synth();
  const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as Manifest;
  const ordered = inOrder(stacks);
  if (ordered.length === 0)
    throw new Error("The app has no stack: the function that defines it has to add one to the app that it gets.");
  for (const { name, synthesizedStackPath } of ordered) {
    const file = join(outdir, synthesizedStackPath);
    const configuration = JSON.parse(readFileSync(file, "utf8")) as Configuration;
    writeFileSync(file, JSON.stringify(isolated(configuration, name, surroundings), undefined, 2));
  }
  return ordered.map(({ name, workingDirectory }) => ({ name, folder: join(outdir, workingDirectory) }));
}

/** CDKTF has seen to it that no stacks depend on each other. */
function inOrder(stacks: Manifest["stacks"]): readonly Manifest["stacks"][string][] {
  const ordered = new Map<string, Manifest["stacks"][string]>();
  const add = (name: string): void => {
    const stack = stacks[name];
    if (stack === undefined || ordered.has(name)) return;
    for (const dependency of stack.dependencies) add(dependency);
    ordered.set(name, stack);
  };
  for (const name of Object.keys(stacks)) add(name);
  return [...ordered.values()];
}
