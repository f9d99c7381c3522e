/** `ksvla watch`, as a user runs it, without a terminal: where it finds what, and how it ends. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { identityOf } from "../../src/notes";
import { cleanEnvironment } from "../e2e/support/workspace";

const KSVLA = join(__dirname, "..", "..", "dist", "cli", "ksvla.js");

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ksvla-cli-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Not longer than it takes to look. */
function watch(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, [KSVLA, "watch", "--timeout", "100ms", ...args], {
    cwd: folder,
    env: { ...cleanEnvironment(folder), ...env },
    encoding: "utf8",
  });
}

/** Of a run that goes on as long as this process does. */
function noteIn(directory: string, svm: string): void {
  const time = new Date().toISOString();
  const self = identityOf(process.pid);
  const heading = {
    notes: 1,
    time,
    plugin: self,
    terraform: self,
    server: "viis:7271",
    workspace: "default",
    stack: "a",
  };
  const note = { work: 1, time, operation: "deploy", infrastructure: "12", svm, place: "host-1", state: "running" };
  const file = join(folder, directory, "notes-00000000-0000-4000-8000-000000000000.jsonl");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, [heading, note].map((line) => `${JSON.stringify(line)}\n`).join(""));
}

test("finds what runs in all stacks of a CDKTF app, in its own folder, and where a journal was put", () => {
  noteIn("cdktf.out/stacks/connections/.terraform/ksvla", "of-a-stack");
  noteIn("cdktf.out/stacks/fleet/.terraform/ksvla", "of-another");
  noteIn(".terraform/ksvla", "of-this-folder");
  noteIn("named", "of-the-environment");
  noteIn("configured", "of-the-configuration");
  writeFileSync(join(folder, ".terraform", "ksvla-journals"), `${join(folder, "configured")}\n`);

  const { status, stdout } = watch([], { KSVLA_JOURNAL_DIRECTORY: "named" });
  expect(status).toBe(1);
  expect(
    stdout
      .replace(/\(\d+s\)/g, "(…)")
      .split("\n")
      .sort(),
  ).toEqual(
    [
      "",
      "Time is up, and the run goes on: 5 running.",
      ...["configuration", "environment"].map((what) => `of-the-${what}: deploying: under way (…)`),
      "of-a-stack: deploying: under way (…)",
      "of-another: deploying: under way (…)",
      "of-this-folder: deploying: under way (…)",
    ].sort(),
  );
});

test("finds it in the data directory that Terraform is told of, or where it is told itself", () => {
  noteIn("data/ksvla", "in-the-data-directory");
  noteIn("elsewhere", "elsewhere");

  expect(watch([], { TF_DATA_DIR: "data" }).stdout).toMatch(/^in-the-data-directory: .*\nTime is up/);
  expect(watch(["--journal-directory", "elsewhere"], { TF_DATA_DIR: "data" }).stdout).toMatch(
    /^elsewhere: .*\nTime is up/,
  );
});

test("without a run there is nothing on stdout but that, and where it is looked for", () => {
  const said = `No run so far. It is looked for in ${join(folder, ".terraform", "ksvla")}.\nTime is up: no run has been seen.\n`;
  expect(watch()).toMatchObject({ status: 1, stdout: said, stderr: "" });
  expect(watch(["--json"])).toMatchObject({ status: 1, stdout: "", stderr: said });
});

test.each([
  [["--timeout", "soon"], /duration such as/],
  [["--journal-directory", ""], /name the journal's directory/],
  [["x"], /too many arguments/],
])("%j is wrong usage", (args, message) => {
  expect(watch(args)).toMatchObject({ status: 2, stdout: "", stderr: expect.stringMatching(message) });
});
