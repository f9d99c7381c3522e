/** Reads tasks. */
import type { JsonReader } from "../http/json-reader";
import { errorMessage } from "../http/server-message";
import type { Task } from "./task";

/**
 * @param at the server's time
 * @param id of the task that was asked for, if one was
 */
export function parseTask(answer: JsonReader, at: number | undefined, id?: string): Task {
  const task = answer.object();
  const children = task.field("children").list();
  return {
    id: task.field("id").id(id),
    state: task.field("state").text(),
    type: task.field("type").optionalText(),
    stage: task.field("stage").optionalText(),
    progress: task.field("progress").optionalNumber(),
    parentId: task.field("parentId").optionalText(),
    parameters: Object.fromEntries(task.field("parameters").list().map(parseParameter)),
    inStateFor: at === undefined ? undefined : since(task.field("stateChanged"), at),
    children: underTheirParents(children.map((child) => parseTask(child, at))),
    result: task.field("result").value,
    // A failed task has this in place of a result: a text, or an object around one.
    error: errorMessage(task.field("error").value),
  };
}

/**
 * Steps belong to the SVM that they work on. The documents' sample shows one beside it, with the SVM's subtask as its
 * parent (SVM management, "SVM deployment task").
 */
function underTheirParents(children: readonly Task[]): readonly Task[] {
  const adopted = (parent: Task) => children.filter((child) => child !== parent && child.parentId === parent.id);
  const ids = new Set(children.map(({ id }) => id));
  return children
    .filter(({ parentId }) => parentId === undefined || !ids.has(parentId))
    .map((child) => ({ ...child, children: [...child.children, ...adopted(child)] }));
}

function since({ value }: JsonReader, at: number): number | undefined {
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : at - time;
}

function parseParameter(parameter: JsonReader): [string, string] {
  return [parameter.object().field("key").text(), parameter.field("value").optionalText() ?? ""];
}
