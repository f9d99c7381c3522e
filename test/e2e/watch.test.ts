/** A run that is watched: by the command that starts it, by another one at the same time, and when it has ended. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { ADMIN_PASSWORD } from "./support/configuration";
import type { Finished } from "./support/run";
import { KLCONFIG, SvmBench } from "./support/svms";
import { terraform } from "./support/workspace";

const KSVLA = join(__dirname, "..", "..", "dist", "cli", "ksvla.js");

jest.setTimeout(60_000);

let bench: SvmBench;

beforeAll(async () => {
  bench = await SvmBench.start();
});
afterAll(() => bench.stop());

const ksvla = (...args: readonly string[]): Promise<Finished> => bench.workspace.startProgram(KSVLA, args).finished;

test("each SVM's steps and what became of it, or the server's message", async () => {
  bench.simulator.world.tasks.failNext({ parameters: { svmName: "b" }, message: "no space left" });
  const provider = `provider "ksvla" {\n  poll_interval = "50ms"\n  journal_directory = "elsewhere"\n}\n`;
  bench.workspace.write([provider, bench.onHost("a"), bench.onHost("b")].join(""));

  const watching = ksvla("watch", "--json", "--timeout", "60s");
  const run = await ksvla("run", "--", terraform(), "apply", "-auto-approve");
  const watchingLate = ksvla("watch");
  const { id, ip_address: address } = await bench.workspace.values("ksvla_svm.a");
  const created = `created, id ${id}, address ${address}`;

  // Terraform's own exit code, and its own output.
  expect(run.code).toBe(1);
  expect(run.stdout).toContain("ksvla_svm.a: Creation complete");
  const told = run.stderr.split("\n").filter((line) => line.startsWith("ksvla: "));
  const { id: place, name: placeName } = bench.vcenter.hosts[0]!;
  expect(told).toContainEqual(expect.stringMatching(/^ksvla: a( on \S+)?: deploying: \w+ \(\d+s\)$/));
  expect(told).toContainEqual(expect.stringContaining(`ksvla: a on ${placeName}: ${created} (`));
  expect(told).toContainEqual(expect.stringMatching(`^ksvla: b on ${placeName}: deploy failed: .*no space left`));
  expect(told.at(-1)).toMatch(/^ksvla: The run has ended, after \d+s: 1 deployed, 1 failed\.$/);

  const watched = await watching;
  expect(watched.code).toBe(1);
  const events = watched.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const ofA = events.filter(({ svm }) => svm === "a");
  for (const event of ofA) {
    expect(event).toMatchObject({ operation: "deploy", infrastructure: bench.infrastructureId, place });
    expect(Object.keys(event).slice(0, 9).join()).toBe(
      "time,operation,infrastructure,svm,place,task,step,progress,state",
    );
  }
  expect(ofA.map(({ state }) => state).filter((state, at, all) => state !== all[at - 1])).toEqual([
    "waiting",
    "running",
    "completed",
  ]);
  expect(ofA.at(-1)).toMatchObject({ task: expect.any(String), step: expect.any(String), message: created, placeName });
  expect(events.filter(({ svm }) => svm === "b").at(-1)).toMatchObject({
    state: "failed",
    message: expect.stringContaining("no space left"),
  });
  expect(watched.stderr).toMatch(/^(No run so far\..*\n)?The run has ended, after \d+s: 1 deployed, 1 failed\.\n$/);

  // When it has ended, that is said.
  const later = await watchingLate;
  expect(later.code).toBe(1);
  expect(later.stdout).toContain(`a on ${placeName}: ${created}`);
  expect(later.stdout).toMatch(/^The run has ended.*: 1 deployed, 1 failed\.$/m);

  // What was noted is for the user alone, and says nothing secret.
  const journal = join(bench.workspace.directory, "elsewhere");
  const notes = readdirSync(journal).filter((name) => name.startsWith("notes-"));
  expect(notes.length).toBeGreaterThan(0);
  for (const name of notes) {
    expect(statSync(join(journal, name)).mode & 0o777).toBe(0o600);
    const text = readFileSync(join(journal, name), "utf8");
    for (const secret of [ADMIN_PASSWORD, KLCONFIG.password_wo]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString("base64"));
    }
  }
});
