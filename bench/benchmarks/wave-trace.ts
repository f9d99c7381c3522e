/** What happens between two waves of deployments, as the server sees it: where the time goes that its tasks do not take. */
import type { RecordedRequest } from "../../src/simulator/requests";
import { type Task, withDescendants } from "../../src/simulator/tasks/task";
import type { Site } from "../site";

/** In milliseconds. */
export interface Turn {
  /** From the end of the last part of a task to the look that shows it. */
  readonly seen: number;
  /** From that look to the request for the next SVMs. */
  readonly next: number;
}

const TASK_PATH = /\/virtualization\/tasks\//;
const SVM_PATH = /\/management\/deployment\/svm\/$/;

export function turnsOf(site: Site): readonly Turn[] {
  const { requests } = site.simulator;
  const looks = requests.filter({ method: "GET", path: TASK_PATH });
  const deployments = requests.filter({ method: "POST", path: SVM_PATH });
  return deploymentsOf(site).flatMap((task) => {
    const end = Math.max(...task.children.map(({ stateChanged }) => stateChanged.getTime()));
    const seen = firstAfter(
      end,
      looks.filter(({ path }) => path.endsWith(`/${task.id}`)),
    );
    const next = seen === undefined ? undefined : firstAfter(seen, deployments);
    return seen === undefined || next === undefined ? [] : [{ seen: seen - end, next: next - seen }];
  });
}

/** How long the server has taken for each SVM from its request on, in milliseconds. */
export function durationsOf(site: Site): readonly number[] {
  return deploymentsOf(site).flatMap(({ created, children }) =>
    children.map(({ stateChanged }) => stateChanged.getTime() - created.getTime()),
  );
}

/** The parts of tasks that deploy one SVM. */
export function partsOf({ simulator }: Site): readonly Task[] {
  return simulator.world.tasks.roots.flatMap(withDescendants).filter(({ type }) => type === "DeploySvm");
}

function deploymentsOf({ simulator }: Site): readonly Task[] {
  return simulator.world.tasks.roots.filter(({ type }) => type === "DeployMultipleSvm");
}

function firstAfter(moment: number, requests: readonly RecordedRequest[]): number | undefined {
  return requests.map(({ time }) => time.getTime()).find((time) => time >= moment);
}
