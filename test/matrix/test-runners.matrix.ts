/** The entries that set up Jest and Vitest, in the project of a user who has installed them: types, matchers, and what a timeout leaves. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Project, pack, ROOT } from "../package/support/project";

jest.setTimeout(300_000);

const COMPILER = join(ROOT, "node_modules", "typescript", "bin", "tsc");

const STACK = `
export function site(app: App): void {
  const stack = new TerraformStack(app, "site");
  new KsvlaProvider(stack, "ksvla");
  new Infrastructure(stack, "kvm", {
    type: InfrastructureType.LIBVIRT,
    address: "kvm.site.test",
    admin: { name: "admin", password: Secret.fromVariable("PASSWORD", { version: "1" }) },
    trust: true,
  });
}
const inventory = "site.yaml";
const variables = { PASSWORD: "Admin-Passw0rd" };

test("a site is connected", async () => {
  const deployment = await deployStack(site, { inventory, variables });
  expect(deployment).toHaveInfrastructure("kvm.site.test", { type: "LIBVIRT" });
  expect(deployment).not.toHaveSvm("svm-01", { running: true });
  // @ts-expect-error an SVM has no such property
  expect(deployment).not.toHaveSvm("svm-01", { colour: "red" });
  expect(deployment).toTrust("kvm.site.test:22");
  expect(deployment).toPlanNoChanges();
}, 60_000);

for (const name of ["one", "another"]) {
  test.concurrent(name + " of two at the same time", async () => {
    const { server } = await deployStack(site, { inventory, variables });
    if (server.infrastructures.length !== 1) throw new Error("It was not connected.");
  }, 60_000);
}

test("one that takes too long fails, and is ended", async () => {
  await deployStack(site, { inventory, variables, faults: ["POST /infrastructures=latency:600000"] });
}, 3_000);
`;
const IMPORTS = `
import { type App, TerraformStack } from "cdktf";
import { Infrastructure, InfrastructureType, KsvlaProvider, Secret } from "cdktf-ksvla";
import { deployStack } from "cdktf-ksvla/testing";
`;
const TSCONFIG = { strict: true, noEmit: true, skipLibCheck: true, module: "nodenext", target: "es2022" };

let folder: string;
let tarball: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ksvla-pack-"));
  ({ tarball } = await pack(folder));
});
afterAll(() => rm(folder, { recursive: true }));

const RUNNERS = [
  {
    name: "Jest",
    packages: ["jest@30", "@types/jest@30", "@swc/jest", "@swc/core"],
    types: ["node", "jest"],
    files: {
      "jest.config.json": JSON.stringify({
        transform: { "\\.ts$": "@swc/jest" },
        setupFilesAfterEnv: ["cdktf-ksvla/testing/jest"],
      }),
      "types.d.ts": 'import "cdktf-ksvla/testing/jest";\n',
      "site.test.ts": IMPORTS + STACK,
    },
    command: ["node_modules/jest/bin/jest.js"],
  },
  ...["vitest@3", "vitest@4"].map((vitest) => ({
    name: vitest,
    packages: [vitest],
    types: ["node"],
    files: {
      "vitest.config.mjs": `export default { test: { setupFiles: ["cdktf-ksvla/testing/vitest"], include: ["*.test.ts"] } };\n`,
      "types.d.mts": 'import "cdktf-ksvla/testing/vitest";\n',
      "site.test.ts": `import { expect, test } from "vitest";${IMPORTS}${STACK}`,
    },
    command: ["node_modules/vitest/vitest.mjs", "run"],
  })),
];

test.each(RUNNERS)("$name", async ({ packages, types, files, command }) => {
  const project = await Project.create();
  try {
    await project.write("package.json", JSON.stringify({ name: "site", private: true, type: "module" }));
    const given = ["cdktf@0.21", "constructs@10", "@types/node@20"];
    await project.npm("install", tarball, ...given, ...packages, "--prefer-offline", "--legacy-peer-deps");
    await project.write("site.yaml", "infrastructures:\n  - { type: LIBVIRT, address: kvm.site.test }\n");
    for (const [name, content] of Object.entries(files)) await project.write(name, content);
    await project.write(
      "tsconfig.json",
      JSON.stringify({ compilerOptions: { ...TSCONFIG, types }, include: ["*.ts", "*.mts"] }),
    );

    await project.run(process.execPath, [COMPILER, "-p", "."]);
    const failure = await project.run(process.execPath, command).then(
      () => undefined,
      (error: Error) => error.message,
    );

    expect(failure).toMatch(/1 failed.*3 passed|Tests:.*1 failed, 3 passed/s);
    expect(failure).toMatch(/[tT]imed? ?out|timeout/);
    expect((await readdir(project.path("tmp"))).filter((name) => name.startsWith("ksvla-test-"))).toEqual([]);
  } finally {
    await project.remove();
  }
});
