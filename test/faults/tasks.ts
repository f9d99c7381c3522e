/** Everything that can become of a task, and of what is told of it. */
import type { Fault, TaskEngine } from "../../src/simulator";
import { strike } from "./calls";
import type { Moment, Row } from "./row";
import { cloudSvm, image, type Story, svms } from "./stories";

interface Work {
  readonly at: string;
  readonly story: Story;
  readonly during: Moment;
  /** The type of the task of the whole request, and of each SVM. */
  readonly whole: string;
  readonly single: string;
}

const WORKS: readonly Work[] = [
  { at: "deployment", story: svms, during: "apply", whole: "DeployMultipleSvm", single: "DeploySvm" },
  {
    at: "deployment in OpenStack",
    story: cloudSvm,
    during: "apply",
    whole: "DeployMultipleOpenStackSvm",
    single: "DeployOpenStackSvm",
  },
  { at: "reconfiguration", story: svms, during: "update", whole: "ConfigMultipleSvm", single: "ConfigSvm" },
  { at: "removal", story: svms, during: "destroy", whole: "DeleteMultipleSvm", single: "DeleteSvm" },
  {
    at: "verification of an image",
    story: image,
    during: "apply",
    whole: "ValidateSvmImage",
    single: "ValidateSvmImage",
  },
];

const TASK = { method: "GET", path: "/api/3.0/virtualization/tasks/*" };
const ALWAYS = Number.POSITIVE_INFINITY;

const ENDS: readonly (readonly [string, (tasks: TaskEngine, work: Work) => void])[] = [
  ["Failed, all of it", (tasks, { whole }) => tasks.failNext({ type: whole })],
  ["Failed, one SVM", (tasks, { single }) => tasks.failNext({ type: single })],
  ["Cancelled, all of it", (tasks, { whole }) => tasks.stopNext({ type: whole })],
  ["Cancelled, one SVM", (tasks, { single }) => tasks.stopNext({ type: single })],
  ["Stopped, all of it", (tasks, { whole }) => tasks.stopNext({ type: whole, state: "Stopped" })],
  ["Stopped, one SVM", (tasks, { single }) => tasks.stopNext({ type: single, state: "Stopped" })],
];

const TELLINGS: readonly (readonly [string, Fault])[] = [
  ["404", { kind: "status", status: 404 }],
  ["stuck", { kind: "stuck" }],
  ["progress goes back", { kind: "progressBack" }],
  ["progress is no number", { kind: "progressText" }],
  ["without children", { kind: "withoutChildren" }],
  ["without parameters", { kind: "withoutParameters" }],
  ["an unknown state", { kind: "unknownState" }],
  ["completed, a child runs", { kind: "runningChild" }],
  ["about another task", { kind: "anotherObject" }],
  ["about another machine", { kind: "foreignSvm" }],
];

export function taskRows(): Row[] {
  return WORKS.flatMap((work) => {
    const { at, story, during } = work;
    const isVerification = work.whole === work.single;
    const ends = ENDS.filter(([name]) => !isVerification || !name.endsWith("one SVM")).map(
      ([fault, intervene]): Row => ({
        at: `task: ${at}`,
        story,
        during,
        fault,
        strike: ({ simulator }) => {
          intervene(simulator.world.tasks, work);
          return () => true;
        },
      }),
    );
    const tellings = TELLINGS.flatMap(([name, fault]) =>
      [1, ALWAYS].map(
        (times): Row => ({
          at: `task: ${at}`,
          story,
          during,
          fault: times === 1 ? name : `${name}, always`,
          strike: (bench) => strike(bench, { ...TASK, times, fault }),
        }),
      ),
    );
    return [...ends, ...tellings];
  });
}
