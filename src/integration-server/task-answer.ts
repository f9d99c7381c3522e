/** Reads tasks. */
import type { JsonReader } from "./json-reader";
import { errorMessage } from "./server-message";
import type { Task } from "./task";

export function parseTask(answer: JsonReader): Task {
  const task = answer.object();
  return {
    id: task.field("id").text(),
    state: task.field("state").text(),
    type: task.field("type").optionalText(),
    stage: task.field("stage").optionalText(),
    progress: task.field("progress").optionalNumber(),
    parentId: task.field("parentId").optionalText(),
    parameters: Object.fromEntries(task.field("parameters").list().map(parseParameter)),
    children: task.field("children").list().map(parseTask),
    result: task.field("result").value,
    // A failed task has this in place of a result: a text, or an object around one.
    error: errorMessage(task.field("error").value),
  };
}

function parseParameter(parameter: JsonReader): [string, string] {
  return [parameter.object().field("key").text(), parameter.field("value").optionalText() ?? ""];
}
