/** The template of the page that `ksvla coverage --html` writes: style and code are inside, and nothing else may be used. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { build } from "esbuild";

const FOLDER = join("src", "cli", "coverage", "page");

/** The page without its data, which stands in place of `%DATA%`. */
export async function coverageTemplate(root: string): Promise<string> {
  const [style, script] = await Promise.all([bundled(root, "page.css"), bundled(root, "main.ts")]);
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy(style, script)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    "<title>SVM coverage</title>",
    `<style>${style}</style>`,
    "</head>",
    "<body>",
    "<noscript>This page draws itself with JavaScript. The command ksvla coverage shows the same as a table.</noscript>",
    '<script id="data" type="application/json">%DATA%</script>',
    `<script>${script}</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

async function bundled(root: string, file: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join(FOLDER, file)],
    bundle: true,
    minify: true,
    write: false,
    platform: "browser",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
  });
  const text = outputFiles[0]?.text.trim() ?? "";
  if (/<\/|<!--/.test(text)) throw new Error(`${file} cannot stand inside of a page: it has "</" or "<!--".`);
  return text;
}

/** The browser runs this code and uses this style, loads nothing, sends nothing, and makes no code of texts. */
function policy(style: string, script: string): string {
  return [
    "default-src 'none'",
    `style-src ${hash(style)}`,
    `script-src ${hash(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
}

function hash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
