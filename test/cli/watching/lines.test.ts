/** A run where there is no terminal. */
import { JsonDisplay } from "../../../src/cli/watching/display";
import { Lines } from "../../../src/cli/watching/lines";
import { event, START } from "./events";

let printed: string;
const print = (text: string) => {
  printed += text;
};
beforeEach(() => {
  printed = "";
});

test("a line per step, none for percents, then what there is", () => {
  const lines = new Lines({ print, now: START });
  lines.show([event({ state: "waiting" })], START);
  lines.show([event({ step: "UploadSvmImage", progress: 1 }, 5_000)], START + 5_000);
  lines.show([event({ step: "UploadSvmImage", progress: 40 }, 15_000)], START + 15_000);
  lines.show([event({ step: "ConfigureSvm", progress: 80 }, 20_000)], START + 20_000);
  const end = { state: "completed", message: "created, id vm-1, address 192.0.2.1", step: "ConfigureSvm" } as const;
  lines.show([event(end, 62_000)], START + 62_500);

  expect(printed.split("\n")).toEqual([
    "svm-1: deploying: waiting (0s)",
    "svm-1: deploying: UploadSvmImage (5s)",
    "svm-1: deploying: ConfigureSvm (20s)",
    "svm-1: created, id vm-1, address 192.0.2.1 (1m02s)",
    "",
  ]);
});

test("the name of its place, as soon as somebody has told it, and never an id", () => {
  const lines = new Lines({ print, now: START });
  lines.show([event({ state: "waiting" })], START);
  lines.show([event({ step: "UploadSvmImage", placeName: "esx-07" })], START);
  lines.show([event({ svm: null, operation: "connect", place: "vc.test", state: "waiting" })], START);

  expect(printed).toBe(
    "svm-1: deploying: waiting (0s)\nsvm-1 on esx-07: deploying: UploadSvmImage (0s)\nvc.test: connecting: waiting (0s)\n",
  );
});

test("the infrastructure, too, where SVMs of several are worked at", () => {
  const lines = new Lines({ print, now: START });
  const names = { placeName: "esx-07", infrastructureName: "site-a.test" };
  lines.show([event({ step: "UploadSvmImage", ...names })], START);
  const other = { work: "2", infrastructure: "13", placeName: "esx-07", infrastructureName: "site-b.test" };
  lines.show([event({ step: "UploadSvmImage", ...other }), event({ step: "ConfigureSvm", ...names })], START);

  expect(printed.split("\n")).toEqual([
    "svm-1 on esx-07: deploying: UploadSvmImage (0s)",
    "svm-1 on esx-07 of site-b.test: deploying: UploadSvmImage (0s)",
    "svm-1 on esx-07 of site-a.test: deploying: ConfigureSvm (0s)",
    "",
  ]);
});

test("steps that were over before anybody looked again are lines, too", () => {
  const lines = new Lines({ print, now: START });
  lines.show([], START);
  const steps = ["UploadSvmImage", "ConfigureSvm"].map((step, at) => event({ step }, at * 100));
  lines.show([...steps, event({ state: "completed", message: "created" }, 400)], START + 500);

  expect(printed).toBe(
    "svm-1: deploying: UploadSvmImage (0s)\nsvm-1: deploying: ConfigureSvm (0s)\nsvm-1: created (0s)\n",
  );
});

test("the server's message when one fails, and what nobody has seen end", () => {
  const lines = new Lines({ print, now: START, prefix: "ksvla: " });
  lines.show([event({ state: "failed", message: "Task a\nfailed: \x1b[31mno space left" })], START);
  lines.show([event({ svm: null, operation: "connect", place: "vc.test", state: "interrupted" })], START);

  expect(printed).toBe(
    "ksvla: svm-1: deploy failed: Task a failed: [31mno space left (0s)\nksvla: vc.test: connect interrupted (0s)\n",
  );
});

test("after 30 s without a line, what is under way and how far", () => {
  const lines = new Lines({ print, now: START });
  lines.show([], START + 29_000);
  expect(printed).toBe("");
  lines.show([], START + 30_000);
  expect(printed).toBe("no task so far (30s)\n");

  const many = Array.from({ length: 12 }, (_, number) =>
    event({ svm: `svm-${number}`, step: "Upload", progress: 7.4 }),
  );
  lines.show([...many, event({ svm: "x", state: "completed" })], START + 31_000);
  printed = "";
  lines.show([], START + 60_000);
  expect(printed).toBe("");
  lines.show([], START + 61_000);
  const beat = printed.trimEnd().split("\n");
  expect(beat[0]).toBe("still at work: 1 deployed, 12 running (1m01s)");
  expect(beat[1]).toBe("  svm-0: deploying: Upload 7 % (1m01s)");
  expect(beat.at(-1)).toBe("  and 2 more");
  expect(beat).toHaveLength(12);

  printed = "";
  lines.show(
    many.map((each) => ({ ...each, state: "completed" as const })),
    START + 62_000,
  );
  printed = "";
  lines.show([], START + 95_000);
  expect(printed).toBe("no task at work; 13 deployed (1m35s)\n");
});

test("a past that nobody has seen is told by its end", () => {
  const lines = new Lines({ print, now: START });
  lines.show([event({ step: "Upload" }), event({ state: "completed", message: "created" }, 9_000)], START + 60_000);
  expect(printed).toBe("svm-1: created (9s)\n");
});

test("as JSON: one event per line, of the documented form, and nothing else on stdout", () => {
  let told = "";
  const display = new JsonDisplay(print, (text) => {
    told += text;
  });
  display.show([event({ task: "t", step: "Upload", progress: 40 }), event({ state: "failed", message: "no" }, 1_000)]);
  display.say("The run has ended.");

  const common = { operation: "deploy", infrastructure: "12", svm: "svm-1", place: "host-1" };
  expect(
    printed
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { time: "2026-01-01T00:00:00.000Z", ...common, task: "t", step: "Upload", progress: 40, state: "running" },
    {
      time: "2026-01-01T00:00:01.000Z",
      ...common,
      task: null,
      step: null,
      progress: null,
      state: "failed",
      message: "no",
    },
  ]);
  expect(told).toBe("The run has ended.\n");
});
