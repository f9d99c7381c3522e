/**
 * Code that a program compiles only when it gets there.
 *
 * esbuild keeps a dynamic `import()` of bundled code from running, but V8 still reads all of it at the start: for the
 * plugin a third of the time to its handshake. Here such code is a text of its own.
 */
import type { BuildOptions, Plugin } from "esbuild";
import { buildText } from "./bundle";

const NAMESPACE = "deferred";

export interface DeferredBundle {
  /** The body of a function of `require` and `__deferred`; the latter gives what the deferred text exports. */
  readonly start: string;
  /** The body of a CommonJS module. */
  readonly deferred: string;
  /** The files that are in either. */
  readonly inputs: readonly string[];
}

/**
 * Bundles an entry point; what its modules import dynamically goes together into one deferred text.
 * @throws when a module would be in both parts, and so exist twice
 */
export async function bundleDeferred(root: string, entry: string, options: BuildOptions): Promise<DeferredBundle> {
  const targets: string[] = [];
  const start = await buildText({ ...options, entryPoints: [entry], plugins: [collectDynamicImports(targets)] });
  const exports = targets.map((path, index) => `export * as m${index} from ${JSON.stringify(path)};`);
  const stdin = { contents: exports.join("\n"), resolveDir: root };
  const later = await buildText({ ...options, stdin });

  const inBoth = start.inputs.filter((path) => later.inputs.includes(path));
  if (inBoth.length > 0) throw new Error(`Both at the start and deferred: ${inBoth.join(", ")}`);
  return { start: start.text, deferred: later.text, inputs: [...start.inputs, ...later.inputs] };
}

function collectDynamicImports(targets: string[]): Plugin {
  return {
    name: NAMESPACE,
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: /^\./ }, async ({ path, kind, resolveDir }) => {
        if (kind !== "dynamic-import") return undefined;
        const resolved = await resolve(path, { kind: "import-statement", resolveDir });
        if (!targets.includes(resolved.path)) targets.push(resolved.path);
        return { path: resolved.path, namespace: NAMESPACE };
      });
      onLoad({ filter: /./, namespace: NAMESPACE }, ({ path }) => ({
        contents: `module.exports = __deferred().m${targets.indexOf(path)};`,
      }));
    },
  };
}
