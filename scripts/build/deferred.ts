/**
 * Code that a program compiles only when it gets there.
 *
 * esbuild keeps a dynamic `import()` of bundled code from running, but V8 still reads all of it at the start: for the
 * plugin a third of the time to its handshake. Here such code is a text in the same file, compiled on first use.
 */
import { type BuildOptions, build, type Metafile, type Plugin } from "esbuild";

const NAMESPACE = "deferred";

export interface BundledText {
  readonly text: string;
  /** The files that are in it. */
  readonly inputs: readonly string[];
}

/**
 * Bundles an entry point; what its modules import dynamically goes together into one deferred text.
 * @throws when a module would be in both parts, and so exist twice
 */
export async function bundleDeferred(root: string, entry: string, options: BuildOptions): Promise<BundledText> {
  const targets: string[] = [];
  const start = await buildText({ ...options, entryPoints: [entry], plugins: [collectDynamicImports(targets)] });
  const exports = targets.map((path, index) => `export * as m${index} from ${JSON.stringify(path)};`);
  const later = await buildText({ ...options, banner: {}, stdin: { contents: exports.join("\n"), resolveDir: root } });

  const inBoth = start.inputs.filter((path) => later.inputs.includes(path));
  if (inBoth.length > 0) throw new Error(`Both at the start and deferred: ${inBoth.join(", ")}`);
  return { text: `${start.text}${compileOnFirstUse(later.text)}`, inputs: [...start.inputs, ...later.inputs] };
}

export async function buildText(options: BuildOptions): Promise<BundledText> {
  const { outputFiles, metafile } = await build({ ...options, metafile: true, write: false });
  return { text: outputFiles[0]?.text ?? "", inputs: inputsOf(metafile) };
}

/** The files that are in the output, without those that this plugin made up. */
function inputsOf({ outputs }: Metafile): readonly string[] {
  return Object.values(outputs)
    .flatMap(({ inputs }) => Object.keys(inputs))
    .filter((path) => !path.startsWith(`${NAMESPACE}:`) && path !== "<stdin>");
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

/** A declaration, so that it may stand at the end of the file. */
function compileOnFirstUse(code: string): string {
  const compile = `require("node:vm").compileFunction(${JSON.stringify(code)}, ["module", "exports", "require"], { filename: __filename + "#deferred" })`;
  return `function __deferred() {
  if (!__deferred.module) {
    const module = (__deferred.module = { exports: {} });
    ${compile}(module, module.exports, require);
  }
  return __deferred.module.exports;
}
`;
}
