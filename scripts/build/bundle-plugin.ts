/** A Terraform plugin as one executable file, which starts Node.js on itself. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Bundle, type BundleRequest, buildOptions, buildText, OLDEST_NODE, writeExecutable } from "./bundle";
import { bundleDeferred } from "./deferred";

/** What starts a program; see the prologue. */
const LAUNCH = join(__dirname, "..", "..", "src", "terraform", "plugin", "launch");
/** Stands between the file's parts. To JavaScript it is white space, so that none is needed inside. */
const SEPARATOR = "\f";
/** In the prologue: how many bytes the parts take that are compiled at once. What stands there must not move them. */
const HEAD_BYTES = "(HEAD_BYTES)";
/** Parts are read byte by byte, which is faster than decoding them. */
const ASCII = /^[\0-\x7f]*$/;

export interface PluginRequest extends BundleRequest {
  /** The answers of calls that do not depend on their request, in bytes, by the call's path. @default none are known */
  readonly answers?: Readonly<Record<string, Uint8Array>>;
  /** The major version of Node.js that the program needs at least. @default what the package needs */
  readonly oldestNode?: number;
}

export async function bundlePlugin({
  root,
  entry,
  outfile,
  answers = {},
  oldestNode = OLDEST_NODE,
}: PluginRequest): Promise<Bundle> {
  const [prologue, launcher, { start, deferred, inputs }] = await Promise.all([
    readFile(join(LAUNCH, "prologue.sh"), "utf8"),
    buildText({
      ...buildOptions(root),
      entryPoints: [join(LAUNCH, "launcher.ts")],
      target: "node6",
      define: { OLDEST_NODE: String(oldestNode) },
    }),
    bundleDeferred(root, entry, { ...buildOptions(root), define: { BUILT_ANSWERS: inBase64(answers) } }),
  ]);
  const parts = [prologue, launcher.text, start, ...deferred];
  for (const part of parts) {
    if (part.includes(SEPARATOR) || !ASCII.test(part)) {
      throw new Error(`${entry} cannot be bundled as a plugin: its text is not ASCII only, or has a form feed.`);
    }
  }
  const head = parts.slice(0, 3).join(SEPARATOR).length;
  const text = parts.join(SEPARATOR).replace(HEAD_BYTES, `(${head})`.padEnd(HEAD_BYTES.length));
  return writeExecutable(outfile, { text, inputs });
}

function inBase64(answers: Readonly<Record<string, Uint8Array>>): string {
  const entries = Object.entries(answers).map(
    ([path, bytes]) => [path, Buffer.from(bytes).toString("base64")] as const,
  );
  return JSON.stringify(Object.fromEntries(entries));
}
