import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtAnswers } from "../../scripts/build/answers";
import { bundleProvider } from "../../scripts/build/build-package";
import { PluginProcess } from "../support/plugin-process";

const ROOT = join(__dirname, "..", "..");

let folder: string;
let file: string;
const started: PluginProcess[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "answers-"));
  file = join(folder, "terraform-provider-ksvla_v0.0.0");
  await bundleProvider(ROOT, file);
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((plugin) => plugin.dispose()));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function start(program: string): Promise<PluginProcess> {
  const plugin = await PluginProcess.start([program]);
  started.push(plugin);
  return plugin;
}

test("the built plugin answers as the source declares it", async () => {
  const plugin = await start(file);
  const declared = Object.entries(await builtAnswers());
  expect(declared.map(([path]) => path.split("/").at(-1))).toEqual([
    "GetMetadata",
    "GetProviderSchema",
    "GetResourceIdentitySchemas",
  ]);
  for (const [path, answer] of declared) {
    expect(Buffer.compare(await plugin.unary(path, new Uint8Array()), answer)).toBe(0);
  }
});

/** The plugin, with a provider that cannot be loaded. */
function withoutProvider(): string {
  const broken = `${file}-broken`;
  const parts = readFileSync(file, "latin1").split("\f");
  const largest = Math.max(...parts.map(({ length }) => length));
  const text = parts.map((part) => (part.length === largest ? 'throw new Error("the provider is loaded")' : part));
  writeFileSync(broken, text.join("\f"), { mode: 0o755 });
  return broken;
}

test("what is the same whatever is asked needs no code of the provider, and other calls do", async () => {
  const plugin = await start(withoutProvider());
  const { resourceSchemas } = await plugin.call("getProviderSchema", {});
  expect(Object.keys(resourceSchemas ?? {})).toContain("ksvla_svm");
  await expect(plugin.call("readResource", {})).resolves.toMatchObject({
    diagnostics: [{ detail: expect.stringContaining("the provider is loaded") }],
  });
});
