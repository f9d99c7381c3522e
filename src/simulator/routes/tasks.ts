import { type Json, notFound, pathParameter, type Route } from "../http/api";
import { parseQuery } from "../http/query";
import { isFinished, type Task } from "../tasks/task";

/** A task with everything below it, as every operation that creates one answers, too. */
export function taskBody(task: Task): Json {
  return {
    id: task.id,
    created: task.created.toISOString(),
    stateChanged: task.stateChanged.toISOString(),
    changed: task.changed.toISOString(),
    state: task.state,
    type: task.type,
    stage: task.stage,
    progress: task.progress,
    parentId: task.parentId,
    parameters: task.parameters.length === 0 ? undefined : task.parameters.map(({ key, value }) => ({ key, value })),
    children: task.children.map(taskBody),
    result: isFinished(task) ? task.result : undefined,
    error: task.error === undefined ? undefined : { code: task.error.code, message: task.error.message },
  };
}

/** "Verifying the authenticity of the SVM image" and "SVM deployment task". */
export const taskRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/3.0/virtualization/tasks/:id",
    handle: (request, { world }) => {
      parseQuery(request.query, []);
      const id = pathParameter(request, "id");
      const task = world.tasks.get(id);
      if (task === undefined) {
        throw notFound(`There is no task ${id}.`);
      }
      return { status: 200, body: taskBody(task) };
    },
  },
];
