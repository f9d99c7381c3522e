/**
 * Code that a program compiles only when it gets there.
 *
 * esbuild keeps a dynamic `import()` of bundled code from running, but V8 still reads all of it at the start: for the
 * plugin a third of the time to its handshake. Here such code is in texts of its own.
 */
import type { BuildOptions, Plugin } from "esbuild";
import { type BundledText, buildText } from "./bundle";

const NAMESPACE = "deferred";

export interface DeferredBundle {
  /** The body of a function of `require` and `__deferred`; the latter gives what the deferred text of a number exports. */
  readonly start: string;
  /** Each the body of a CommonJS module. */
  readonly deferred: readonly string[];
  /** The files that are in any of them. */
  readonly inputs: readonly string[];
}

/**
 * Bundles an entry point. What its modules import dynamically goes into deferred texts: into the same one where a module
 * is needed by several, so that none exists twice.
 * @throws when a module would be both at the start and deferred
 */
export async function bundleDeferred(root: string, entry: string, options: BuildOptions): Promise<DeferredBundle> {
  const targets = await dynamicImports(entry, options);
  const groups = await withoutRepeats(targets, (paths) => bundleTogether(root, paths, options));
  const place = (path: string): Place => {
    const text = groups.findIndex(({ paths }) => paths.includes(path));
    return { text, module: groups[text]?.paths.indexOf(path) ?? -1 };
  };
  const start = await buildText({ ...options, entryPoints: [entry], plugins: [replaceDynamicImports(place)] });

  const later = groups.flatMap(({ inputs }) => inputs);
  const inBoth = start.inputs.filter((path) => later.includes(path));
  if (inBoth.length > 0) throw new Error(`Both at the start and deferred: ${inBoth.join(", ")}`);
  return { start: start.text, deferred: groups.map(({ text }) => text), inputs: [...start.inputs, ...later] };
}

/** Where a module is: the number of its text, and its number in there. */
interface Place {
  readonly text: number;
  readonly module: number;
}

interface Group extends BundledText {
  readonly paths: readonly string[];
}

/** Puts together what has a module in common, until nothing has. */
async function withoutRepeats(
  targets: readonly string[],
  bundleOf: (paths: readonly string[]) => Promise<Group>,
): Promise<readonly Group[]> {
  const groups: Group[] = [];
  for (const target of targets) {
    let group = await bundleOf([target]);
    for (;;) {
      const { inputs } = group;
      const index = groups.findIndex((other) => other.inputs.some((path) => inputs.includes(path)));
      const [other] = index === -1 ? [] : groups.splice(index, 1);
      if (other === undefined) break;
      group = await bundleOf([...other.paths, ...group.paths]);
    }
    groups.push(group);
  }
  return groups;
}

async function bundleTogether(root: string, paths: readonly string[], options: BuildOptions): Promise<Group> {
  const exports = paths.map((path, index) => `export * as m${index} from ${JSON.stringify(path)};`);
  const stdin = { contents: exports.join("\n"), resolveDir: root };
  return { paths, ...(await buildText({ ...options, stdin })) };
}

/** The modules that an entry point's own modules import dynamically. */
async function dynamicImports(entry: string, options: BuildOptions): Promise<readonly string[]> {
  const targets = new Set<string>();
  const collect = (path: string): Place => {
    targets.add(path);
    return { text: 0, module: 0 };
  };
  await buildText({ ...options, entryPoints: [entry], plugins: [replaceDynamicImports(collect)] });
  // They are found in another order each time, and a build gives the same bytes.
  return [...targets].sort();
}

function replaceDynamicImports(place: (path: string) => Place): Plugin {
  return {
    name: NAMESPACE,
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: /^\./ }, async ({ path, kind, resolveDir }) => {
        if (kind !== "dynamic-import") return undefined;
        const resolved = await resolve(path, { kind: "import-statement", resolveDir });
        return { path: resolved.path, namespace: NAMESPACE };
      });
      onLoad({ filter: /./, namespace: NAMESPACE }, ({ path }) => {
        const { text, module } = place(path);
        return { contents: `module.exports = __deferred(${text}).m${module};` };
      });
    },
  };
}
