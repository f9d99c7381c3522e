/** Events as notes tell them. */
import type { WorkEvent } from "../../../src/notes";

export const START = Date.parse("2026-01-01T00:00:00Z");

export function event(news: Partial<WorkEvent> = {}, at = 0): WorkEvent {
  const svm = news.svm === undefined ? "svm-1" : news.svm;
  return {
    operation: "deploy",
    infrastructure: "12",
    place: "host-1",
    task: null,
    step: null,
    progress: null,
    state: "running",
    work: `${svm} ${news.operation ?? "deploy"}`,
    began: START,
    ...news,
    svm,
    time: new Date(START + at).toISOString(),
  };
}
