/** Everything that lists of SVMs can show in place of what there is. */
import type { Fault, Habits } from "../../src/simulator";
import { strike } from "./calls";
import type { Moment, Row } from "./row";
import { cloudSvm, everything, type Story, svms } from "./stories";
import type { Bench } from "./support/bench";

const LIST = { method: "GET", path: "/api/3.0/infrastructures/*/objects" };
const DEPLOYMENT = { method: "POST", path: "/api/3.0/management/deployment/svm/" };
const ALWAYS = Number.POSITIVE_INFINITY;

const always = (): (() => boolean) => () => true;
const lagging = (updatePeriodSeconds: number): Partial<Habits> => ({ lists: "lagging", updatePeriodSeconds });

const row = (story: Story, during: Moment, fault: string, others: Partial<Row> = {}): Row => ({
  at: "lists",
  story,
  during,
  fault,
  strike: always,
  ...others,
});

type Rewrite = (body: string) => string;

/** The answers to lists, made into something else for as long as the run takes. */
const showing = (rewrite: Rewrite): Pick<Row, "strike"> => ({
  strike: (bench) => strike(bench, { ...LIST, times: ALWAYS, fault: { kind: "rewrite", rewrite } }),
});

/** The same for so many simulated seconds from the first list on. */
const showingFor = (seconds: number, rewrite: Rewrite): Pick<Row, "strike"> => ({
  strike: (bench) => {
    let end: number | undefined;
    const whileItLasts: Rewrite = (body) => {
      end ??= performance.now() + (seconds * 1_000) / bench.pace;
      return performance.now() < end ? rewrite(body) : body;
    };
    return strike(bench, { ...LIST, times: ALWAYS, fault: { kind: "rewrite", rewrite: whileItLasts } });
  },
});

function late(): Row[] {
  return [1, 10, 60].flatMap((seconds) => {
    const habits = lagging(seconds);
    const fault = `late by ${seconds} s`;
    const lost = (effect: Fault) => ({
      habits,
      strike: (bench: Bench) => strike(bench, { ...DEPLOYMENT, fault: effect }),
    });
    return [
      ...(["apply", "update", "plan", "destroy"] as const).map((during) =>
        row(svms, during, fault, { habits, goesOn: true }),
      ),
      row(svms, "apply", `${fault}, the answer to a deployment lost`, lost({ kind: "dropAfter" })),
      row(
        svms,
        "apply",
        `${fault}, a deployment answered with 500`,
        lost({ kind: "status", status: 500, handled: true }),
      ),
      row(everything, "apply", `${fault}, with the connection`, { habits, goesOn: true }),
      row(everything, "update", `${fault}, the connection replaced`, { habits, goesOn: true }),
      row(everything, "destroy", `${fault}, with the connection`, { habits, goesOn: true }),
    ];
  });
}

function incomplete(): Row[] {
  return (["empty", "withoutMachines", "partial"] as const).flatMap((listsAfterConnecting) =>
    [2, 9].flatMap((listsCompleteAfterSeconds) => {
      const habits = { listsAfterConnecting, listsCompleteAfterSeconds };
      const fault = `${listsAfterConnecting} for ${listsCompleteAfterSeconds} s after connecting`;
      return (["apply", "update", "destroy"] as const).map((during) =>
        row(everything, during, fault, { habits, goesOn: true }),
      );
    }),
  );
}

const empty: Rewrite = (body) => JSON.stringify({ ...JSON.parse(body), vms: [], svms: [] });
const half: Rewrite = (body) => {
  const whole = JSON.parse(body) as { readonly vms?: readonly unknown[] };
  return JSON.stringify({ ...whole, vms: whole.vms?.slice(0, Math.floor(whole.vms.length / 2)) });
};

function renumbered(bench: Bench): Rewrite {
  const ids = bench.things.made.filter(({ kind }) => kind === "SVM").map(({ id }) => id);
  return (body) => ids.reduce((text, id) => text.replaceAll(id, `${id.slice(0, -4)}ffff`), body);
}

export function listRows(): Row[] {
  const moments = ["plan", "update", "destroy"] as const;
  const foreign = (name: string, on: string) => (bench: Bench) => {
    bench.simulator.addSvm({ name, on });
    bench.leaveOut();
  };
  return [
    ...late(),
    ...incomplete(),
    ...moments.flatMap((during) => [
      row(svms, during, "empty for 10 s", { ...showingFor(10, empty), goesOn: true }),
      row(svms, during, "the first half for 10 s", { ...showingFor(10, half), goesOn: true }),
      row(cloudSvm, during, "a hypervisor for a parent", {
        habits: { openstackSvmParent: "hypervisor" },
        goesOn: true,
      }),
      row(svms, during, "another parent: the SVM has moved", {
        prepare: ({ simulator }) => simulator.moveSvm("svm-1", "esx-02"),
        goesOn: true,
      }),
      row(cloudSvm, during, "the other Unicode form", { ...showing((body) => body.normalize("NFD")), goesOn: true }),
    ]),
    ...moments.map((during) =>
      row(svms, during, "the same name twice, elsewhere", { prepare: foreign("svm-1", "esx-02"), goesOn: true }),
    ),
    ...(["plan", "update"] as const).map((during) =>
      row(svms, during, "the same name twice, in one place", { prepare: foreign("svm-1", "esx-01"), goesOn: true }),
    ),
    // Ours is removed, and the other one stays: nothing is deployed beside it until somebody has removed it.
    row(svms, "destroy", "the same name twice, in one place", {
      prepare: foreign("svm-1", "esx-01"),
      goesOn: true,
      mayAsk: true,
      answer: ({ simulator }) => simulator.removeSvm("svm-1"),
    }),
    // A plan makes nothing of what it believes; an apply would, as a server is believed that goes on like this.
    row(svms, "plan", "empty, always", { ...showing(empty), goesOn: true }),
    row(svms, "plan", "the first half, always", { ...showing(half), goesOn: true }),
    row(svms, "plan", "other ids", {
      strike: (bench) =>
        strike(bench, { ...LIST, times: ALWAYS, fault: { kind: "rewrite", rewrite: renumbered(bench) } }),
      expects: { message: /import/ },
    }),
    row(svms, "again", "other ids", {
      strike: (bench) =>
        strike(bench, { ...LIST, times: ALWAYS, fault: { kind: "rewrite", rewrite: renumbered(bench) } }),
      expects: { message: /import/, failure: true },
      mayAsk: true,
    }),
  ];
}
