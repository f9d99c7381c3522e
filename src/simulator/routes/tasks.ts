import { pathParameter, type Route } from "../http/api";
import { badRequest, notFound } from "../http/api-error";
import { decodeQueryValue, parseQuery } from "../http/query";
import type { Json } from "../json";
import { isFinished, type Task } from "../tasks/task";
import type { World } from "../world/world";
import { spellTaskState } from "./spelling";
import { translateIds } from "./translation";

/** A task with everything below it, as every operation that creates one answers, too. */
export function taskBody(task: Task, world: World): Json {
  const { taskStage, taskResult } = world.habits;
  const body = {
    id: task.id,
    created: task.created.toISOString(),
    stateChanged: task.stateChanged.toISOString(),
    changed: task.changed.toISOString(),
    state: spellTaskState(world.habits, task.state),
    type: task.type,
    stage: taskStage === "shown" ? task.stage : undefined,
    progress: task.progress,
    parentId: task.parentId,
    parameters: task.parameters.length === 0 ? undefined : task.parameters.map(({ key, value }) => ({ key, value })),
    children: task.children.map((child) => taskBody(child, world)),
    result: isFinished(task) ? task.result : taskResult === "early" ? earlyResult(task) : undefined,
    error: task.error === undefined ? undefined : { code: task.error.code, message: task.error.message },
  };
  const infrastructureId = parameter(task, "infrastructureId");
  return infrastructureId === undefined ? body : translateIds(world, infrastructureId, body);
}

/** What the samples show before the end: the id of the SVM as soon as there is one, `true` where it is about no single SVM. */
function earlyResult(task: Task): Json | undefined {
  const svmId = parameter(task, "svmId");
  if (svmId !== undefined) {
    return { svmId };
  }
  return parameter(task, "svmName") === undefined ? true : undefined;
}

function parameter({ parameters }: Task, wanted: string): string | undefined {
  return parameters.find(({ key }) => key === wanted)?.value;
}

/** As the public help of older versions lists them: nothing is said of the form, so version 2.0 has a plain list. */
function taskList(version: "2.0" | "3.0"): Route {
  return {
    method: "GET",
    path: `/api/${version}/virtualization/tasks`,
    handle: (request, { world }) => {
      if (world.habits.taskList !== version && world.habits.taskList !== "both") {
        throw notFound(`The documents show no ${request.path}.`);
      }
      const query = parseQuery(request.query, ["createdFrom", "state", "type"]);
      const from = query.createdFrom === undefined ? new Date(0) : readTime(query.createdFrom);
      const tasks = world.tasks.roots
        .filter(({ created, type }) => created >= from && (query.type === undefined || type === query.type))
        .filter(({ state }) => query.state === undefined || spellTaskState(world.habits, state) === query.state)
        .map((task) => taskBody(task, world));
      return { status: 200, body: version === "2.0" ? tasks : { tasks } };
    },
  };
}

/** YYYY-MM-DDThh:mm:ss, without a zone: the server's own is UTC. */
function readTime(value: string): Date {
  const text = decodeQueryValue("createdFrom", value);
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text) ? new Date(`${text}Z`) : new Date(Number.NaN);
  if (Number.isNaN(time.getTime())) {
    throw badRequest(`createdFrom must be a time such as 2025-01-31T12:00:00, got: ${text}`);
  }
  return time;
}

/** "Verifying the authenticity of the SVM image" and "SVM deployment task". */
export const taskRoutes: readonly Route[] = [
  taskList("2.0"),
  taskList("3.0"),
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
      return { status: 200, body: taskBody(task, world) };
    },
  },
];
