/** `ksvla discover` on a server with fifty SVMs that people have made, on three infrastructures. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Discovery } from "../e2e/support/discovery";

const ROOT = join(__dirname, "..", "..");
const SVMS = 50;

jest.setTimeout(300_000);

let discovery: Discovery;

beforeAll(async () => {
  discovery = await Discovery.with(SVMS);
  // As in a sample of the documents.
  Object.assign(discovery.world.simulator.habits, { openstackSvmParent: "hypervisor" });
});
afterAll(() => discovery.stop());

test("HCL takes over all of them, sends nothing, and plans nothing then", async () => {
  const written = await discovery.discover("--out", "hcl", "--format", "hcl");
  const changes = discovery.changes();

  const { after, state } = await discovery.applyHcl(written, join(discovery.folder, "hcl"));
  expect(after).toEqual({});
  expect(Object.keys(state)).toHaveLength(SVMS + 3);
  expect(discovery.changes()).toBe(changes);
});

test.each(["cdktf", "cdktn"])(
  "an app of %s takes over all of them, sends nothing, and plans nothing then",
  async (format) => {
    const written = await discovery.discover("--out", format, "--format", format);
    const changes = discovery.changes();

    const { applied, after } = await discovery.applyApp(written, join(discovery.folder, format));
    expect(applied).toContain(`${SVMS + 3} imported, 0 added`);
    expect(after).toContain("No changes.");
    expect(discovery.changes()).toBe(changes);
  },
);

test("the compiler has nothing to say of an app", async () => {
  await discovery.discover("--out", "app");

  // In the repository, where the package's name leads to its sources.
  const folder = join(ROOT, "node_modules", ".cache", "discovered");
  mkdirSync(folder, { recursive: true });
  try {
    cpSync(join(discovery.folder, "app", "main.ts"), join(folder, "main.ts"));
    const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, "tsconfig.json"), "utf8"));
    const paths = { "cdktf-ksvla": [join(ROOT, "constructs", "index.ts")] };
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { ...compilerOptions, types: ["node"], paths }, include: ["main.ts"] }),
    );
    const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
    expect(execFileSync(process.execPath, [compiler, "-p", folder], { encoding: "utf8" })).toBe("");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
