import type { Json, JsonObject } from "../json";
import type { Fault, TaskFault } from "./fault";
import { isObject, ownId } from "./values";

/** Puts tasks into other forms; anything that is no task stays as it is. */
export class TaskFaults {
  /** What a stuck fault has answered first, by the task's id. */
  readonly #stuck = new WeakMap<TaskFault, Map<string, Json>>();

  apply(fault: Fault, body: Json): Json {
    if (!isTask(body)) {
      return body;
    }
    switch (fault.kind) {
      case "progressText":
        return everyTask(body, (task) => ({ ...task, progress: fault.text ?? "n/a" }));
      case "progressBack":
        return everyTask(body, (task) => ({ ...task, progress: 100 - Number(task["progress"]) }));
      case "withoutChildren":
        return { ...body, children: undefined };
      case "withoutParameters":
        return everyTask(body, (task) => ({ ...task, parameters: undefined }));
      case "unknownState":
        return everyTask(body, (task) => ({ ...task, state: fault.state ?? "Suspended" }));
      case "runningChild":
        return { ...body, state: "Completed", progress: 100, children: lastRuns(childrenOf(body)) };
      case "stuck":
        return this.#firstAnswer(fault, body);
      default:
        return body;
    }
  }

  #firstAnswer(fault: TaskFault, body: JsonObject): Json {
    const answers = this.#stuck.get(fault) ?? new Map<string, Json>();
    this.#stuck.set(fault, answers);
    const id = ownId(body) ?? "";
    const first = answers.get(id) ?? body;
    answers.set(id, first);
    return first;
  }
}

function lastRuns(children: readonly JsonObject[]): readonly JsonObject[] {
  return children.map((child, index) =>
    index === children.length - 1 ? { ...child, state: "Running", progress: 50, result: undefined } : child,
  );
}

/** Changes a task and everything below it. */
export function everyTask(task: JsonObject, change: (task: JsonObject) => JsonObject): JsonObject {
  const changed = change(task);
  return { ...changed, children: childrenOf(changed).map((child) => everyTask(child, change)) };
}

/** Whether an answer is about a task: nothing else has a progress. */
export function isTask(body: Json | undefined): body is JsonObject {
  return isObject(body) && "progress" in body;
}

function childrenOf({ children }: JsonObject): readonly JsonObject[] {
  return Array.isArray(children) ? children.filter(isObject) : [];
}
