/** Every fault that can be written: in requests, and in what is done to SVMs. */
import { NotUnderstood } from "../not-understood";
import type { World } from "../world/world";
import type { FaultRule } from "./fault";
import type { Faults } from "./faults";
import { parseFault } from "./parse";

/** What is done to an SVM does not succeed, once: the next time that it is tried, it does. */
export interface WorkFault {
  readonly operation: keyof typeof verbs;
  /** The SVM's name; `*` is whichever comes first. */
  readonly svm: string;
  /** It fails, or somebody cancels or stops it in the product's console. */
  readonly outcome: keyof typeof outcomes;
  /**
   * At which of its steps; those before have taken effect, this one has not.
   *
   * @default it fails when all have, or is stopped before any has
   */
  readonly step?: string;
}

/** How a fault of an SVM is written. */
export const workFaultSyntax = "OPERATION SVM=OUTCOME[:STEP]";

const verbs = { deploy: "Deploy", reconfigure: "Config", remove: "Delete" } as const;
const outcomes = { fails: "it fails", cancelled: "somebody cancels it", stopped: "somebody stops it" } as const;
/** In their order; a removal has none. */
const steps: Readonly<Record<keyof typeof verbs, readonly string[]>> = {
  deploy: [
    "ValidateSvmImage",
    "UploadSvmImage",
    "CreateSvm",
    "ConfigureNetwork",
    "StartSvm",
    "WaitForSvm",
    "ConfigureSvm",
  ],
  reconfigure: ["LogInToSvm", "ConfigureNetwork", "ConfigureSvm"],
  remove: [],
};

/** Each operation with its steps, and each outcome, for people. */
export const workFaultHelp: readonly (readonly [string, string])[] = [
  ...Object.entries(steps).map(
    ([operation, names]) =>
      [`${operation} SVM=…`, names.length > 0 ? `its steps: ${names.join(", ")}` : "has no steps"] as const,
  ),
  ...Object.entries(outcomes).map(([outcome, meaning]) => [`…=${outcome}[:STEP]`, meaning] as const),
];

/**
 * Reads a fault as the command line has it: `deploy svm-01=fails:StartSvm`, or one of a request, such as
 * `GET /virtualization/tasks/*=html@2`.
 *
 * @throws NotUnderstood that says what is wrong
 */
export function readFault(text: string): FaultRule | WorkFault {
  const [, word = "", svm = "", outcome = "", step] = /^\s*(\w+)\s+([^\s=/]+)=(\w*)(?::(.*?))?\s*$/.exec(text) ?? [];
  const operation = keyIn(verbs, word.toLowerCase());
  if (operation !== undefined) {
    return readWorkFault(operation, svm, outcome, step);
  }
  if (/^[^*]/.test(svm)) {
    const known = Object.keys(verbs).join(", ");
    throw new NotUnderstood(`What is done to an SVM is one of ${known}: ${workFaultSyntax}, got: "${word}".`);
  }
  return parseFault(text);
}

/** Makes it go wrong. */
export function addFault(
  { faults, world }: { readonly faults: Faults; readonly world: World },
  fault: FaultRule | WorkFault,
): void {
  if ("fault" in fault) {
    faults.add(fault);
    return;
  }
  const { operation, svm, outcome, step } = fault;
  const subtasks = [`${verbs[operation]}Svm`, `${verbs[operation]}OpenStackSvm`];
  const filter = {
    ...(step === undefined ? { type: subtasks } : { type: ["DeploySvmStep"], partOf: subtasks }),
    parameters: {
      ...(svm === "*" ? {} : { svmName: svm }),
      ...(step === undefined ? {} : { deployStepName: step }),
    },
  };
  if (outcome === "fails") {
    world.tasks.failNext(filter);
  } else {
    world.tasks.stopNext({ ...filter, state: outcome === "cancelled" ? "Cancelled" : "Stopped" });
  }
}

function readWorkFault(operation: keyof typeof verbs, svm: string, word: string, step: string | undefined): WorkFault {
  const outcome = keyIn(outcomes, word);
  if (outcome === undefined) {
    const known = Object.keys(outcomes).join(", ");
    throw new NotUnderstood(`What is done to an SVM ends in one of ${known}: ${workFaultSyntax}, got: "${word}".`);
  }
  if (step !== undefined && !steps[operation].includes(step)) {
    const known = steps[operation].join(", ") || "none";
    throw new NotUnderstood(`The steps of ${operation} are: ${known}; got: "${step}".`);
  }
  return { operation, svm, outcome, ...(step === undefined ? {} : { step }) };
}

function keyIn<Key extends string>(record: Readonly<Record<Key, unknown>>, word: string): Key | undefined {
  return (Object.keys(record) as Key[]).find((key) => key === word);
}
