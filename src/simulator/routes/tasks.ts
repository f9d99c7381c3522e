import type { Habits } from "../habits";
import { pathParameter, type Route } from "../http/api";
import { notFound } from "../http/api-error";
import { parseQuery } from "../http/query";
import type { Json } from "../json";
import { isFinished, type Task } from "../tasks/task";

/** A task with everything below it, as every operation that creates one answers, too. */
export function taskBody(task: Task, habits: Habits): Json {
  return {
    id: task.id,
    created: task.created.toISOString(),
    stateChanged: task.stateChanged.toISOString(),
    changed: task.changed.toISOString(),
    state: task.state,
    type: task.type,
    stage: habits.taskStage === "shown" ? task.stage : undefined,
    progress: task.progress,
    parentId: task.parentId,
    parameters: task.parameters.length === 0 ? undefined : task.parameters.map(({ key, value }) => ({ key, value })),
    children: task.children.map((child) => taskBody(child, habits)),
    result: isFinished(task) ? task.result : habits.taskResult === "early" ? earlyResult(task) : undefined,
    error: task.error === undefined ? undefined : { code: task.error.code, message: task.error.message },
  };
}

/** What the samples show before the end: the id of the SVM as soon as there is one, `true` where it is about no single SVM. */
function earlyResult({ parameters }: Task): Json | undefined {
  const svmId = parameters.find(({ key }) => key === "svmId")?.value;
  if (svmId !== undefined) {
    return { svmId };
  }
  return parameters.some(({ key }) => key === "svmName") ? undefined : true;
}

/** "Verifying the authenticity of the SVM image" and "SVM deployment task". */
export const taskRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/3.0/virtualization/tasks/:id",
    handle: (request, { world }) => {
      parseQuery(request.query, []);
      const id = pathParameter(request, "id");
      const task = world.tasks.find(id);
      if (task === undefined) {
        throw notFound(`There is no task ${id}.`);
      }
      return { status: 200, body: taskBody(task, world.habits) };
    },
  },
];
