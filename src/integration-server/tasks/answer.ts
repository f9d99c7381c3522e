/** Reads tasks. */
import type { JsonReader } from "../http/json-reader";
import { documented } from "../open-union";
import { TASK_STATES, type Task } from "./task";

/** Of a task that has just been made of a request: whatever else is missing or wrong, the next look tells. */
export function parseTaskId(answer: JsonReader): string {
  return answer.object().field("id").text();
}

/** A list of tasks, whose form is not documented: what is no task is left out. */
export function parseTasks(answer: JsonReader, at: number | undefined): readonly Task[] {
  const wrapped = [answer.field("tasks"), answer.field("items")].find(({ isMissing }) => !isMissing);
  const list = wrapped ?? answer;
  // One object without a list around it may be anything.
  return (Array.isArray(list.value) ? list : list.refuse("a list"))
    .list()
    .filter((task) => task.field("id").optionalText() !== undefined && task.field("state").optionalText() !== undefined)
    .map((task) => parseTask(task, at));
}

/**
 * @param at the server's time
 * @param id of the task that was asked for, if one was
 */
export function parseTask(answer: JsonReader, at: number | undefined, id?: string): Task {
  const task = answer.object();
  return {
    id: task.field("id").id(id),
    ...parseProgress(task, at),
  };
}

/** Nobody needs the id of a part: which SVM it is about is in its parameters. */
function parsePart(task: JsonReader, at: number | undefined): Task {
  return { id: task.field("id").optionalText() ?? "", ...parseProgress(task, at) };
}

function parseProgress(task: JsonReader, at: number | undefined): Omit<Task, "id"> {
  return {
    state: documented(task.field("state").text(), TASK_STATES, { Canceled: "Cancelled" }),
    type: task.field("type").optionalText(),
    stage: task.field("stage").shown(),
    progress: task.field("progress").optionalNumber(),
    parentId: task.field("parentId").optionalText(),
    parameters: Object.fromEntries(task.field("parameters").list().flatMap(parseParameter)),
    age: since(task.field("created"), at),
    inStateFor: since(task.field("stateChanged"), at),
    children: underTheirParents(
      task
        .field("children")
        .list()
        // What does not tell its state tells nothing.
        .filter((child) => child.field("state").optionalText() !== undefined)
        .map((child) => parsePart(child, at)),
    ),
    result: task.field("result").value,
    // A failed task has this in place of a result: a text, or an object around one.
    error: task.field("error").message(),
  };
}

/**
 * Steps belong to the SVM that they work on. The documents' sample shows one beside it, with the SVM's subtask as its
 * parent (SVM management, "SVM deployment task").
 */
function underTheirParents(children: readonly Task[]): readonly Task[] {
  const ids = new Set(children.map(({ id }) => id));
  const roots: Task[] = [];
  const adopted = new Map<string, Task[]>();
  for (const child of children) {
    const { id, parentId } = child;
    const siblings = parentId === undefined ? undefined : adopted.get(parentId);
    if (parentId === undefined || parentId === id || !ids.has(parentId)) roots.push(child);
    else if (siblings) siblings.push(child);
    else adopted.set(parentId, [child]);
  }
  return roots.map((child) => ({ ...child, children: [...child.children, ...(adopted.get(child.id) ?? [])] }));
}

function since({ value }: JsonReader, at: number | undefined): number | undefined {
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return at === undefined || Number.isNaN(time) ? undefined : at - time;
}

function parseParameter(parameter: JsonReader): [string, string][] {
  const key = parameter.field("key").optionalText();
  return key === undefined ? [] : [[key, parameter.field("value").optionalText() ?? ""]];
}
