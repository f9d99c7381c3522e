/** Work, in words for people. */
import { isEnd, type Operation, type WorkEvent, type WorkState } from "../../notes";
import { elapsed } from "../shared/elapsed";
import type { Works } from "./works";

/** What is known of a run that is watched no more. */
export interface Outcome {
  readonly is: "ended" | "out of time";
  readonly works: Works;
}

const DOING: Readonly<Record<Operation, string>> = {
  deploy: "deploying",
  reconfigure: "reconfiguring",
  remove: "removing",
  verify: "verifying",
  connect: "connecting",
};

const DONE: Readonly<Record<Operation, string>> = {
  deploy: "deployed",
  reconfigure: "reconfigured",
  remove: "removed",
  verify: "verified",
  connect: "connected",
};

/**
 * What the work is about: `svm-07 on esx-07`, or without an SVM where it is done.
 *
 * @param among works in several infrastructures name it: `svm-07 on esx-07 of vcenter.example.com`
 */
export function nameOf(event: WorkEvent, among: Works): string {
  const { svm, placeName, infrastructureName } = event;
  if (svm === null) return briefNameOf(event);
  const where = placeName === undefined ? "" : ` on ${placeName}`;
  const whose = among.isInSeveral && infrastructureName !== undefined ? ` of ${infrastructureName}` : "";
  return printable(`${svm}${where}${whose}`);
}

/** The same where there is little room: `svm-07` */
export function briefNameOf({ svm, place, operation }: WorkEvent): string {
  return printable(svm ?? place ?? operation);
}

/** `deploying` */
export function doing({ operation }: WorkEvent): string {
  return DOING[operation];
}

/** Where it is: the server's step, as long as there is one. */
export function stepOf({ state, step }: WorkEvent): string {
  if (step !== null) return printable(step);
  return state === "waiting" ? "waiting" : "under way";
}

/** `41 %`; nothing where the server does not tell. */
export function percentOf({ progress }: WorkEvent): string {
  return progress === null ? "" : `${Math.round(progress)} %`;
}

/** How it has ended: `created, id 4711`, `deploy failed: no space left`. */
export function endOf({ operation, state, message = "" }: WorkEvent): string {
  const text = printable(message);
  if (state === "completed") return text === "" ? DONE[operation] : text;
  return `${operation} ${state}${text === "" ? "" : `: ${text}`}`;
}

/** How long the work has taken so far, or until its end. */
export function timeOf({ began, state, time }: WorkEvent, now: number): string {
  return elapsed((isEnd(state) ? Date.parse(time) : now) - began);
}

/** `2 deployed, 1 removed, 1 failed` */
export function summaryOf(works: readonly WorkEvent[]): string {
  const counts = new Map<string, number>();
  const order: readonly WorkState[] = ["completed", "failed", "interrupted", "running", "waiting"];
  for (const state of order) {
    for (const work of works.filter((each) => each.state === state)) {
      const what = state === "completed" ? DONE[work.operation] : state;
      counts.set(what, (counts.get(what) ?? 0) + 1);
    }
  }
  return [...counts].map(([what, count]) => `${count} ${what}`).join(", ");
}

/** What has become of a run, in one sentence. */
export function conclusion({ is, works }: Outcome, now: number): string {
  const { all } = works;
  if (is === "out of time") {
    return all.length === 0
      ? "Time is up: no run has been seen."
      : `Time is up, and the run goes on: ${summaryOf(all)}.`;
  }
  if (all.length === 0) return "The run has ended: it had nothing to do on the Integration Server.";
  const start = Math.min(...all.map(({ began }) => began));
  const end = Math.max(...all.map(({ time }) => Date.parse(time)));
  const when = now - end < LONG_AGO ? "" : ` ${elapsed(now - end)} ago`;
  return `The run has ended${when}, after ${elapsed(end - start)}: ${summaryOf(all)}.`;
}

/** Milliseconds from which on it matters when a run ended. */
const LONG_AGO = 60_000;

/** Nothing that would move a terminal's cursor, or break a line. */
function printable(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}]+/gu, " ").trim();
}
