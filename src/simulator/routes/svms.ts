import type { ApiContext, ApiRequest, ApiResponse, Route } from "../http/api";
import { parseQuery } from "../http/query";
import { deploymentPlan } from "../svms/deployment";
import { reconfigurationPlan } from "../svms/reconfiguration";
import { checkDeployment, checkReconfiguration, checkRemoval } from "../svms/references";
import { removalPlan } from "../svms/removal";
import { readDeployment, readReconfiguration, readRemoval } from "../svms/request";
import type { TaskPlan } from "../tasks/task";
import { taskBody } from "./tasks";
import { withPlatformIds } from "./translation";

/** A route whose answer is the task that it starts. The trailing slash is documented. */
function taskRoute(method: "POST" | "PUT" | "DELETE", plan: (body: unknown, context: ApiContext) => TaskPlan): Route {
  return {
    method,
    path: "/api/3.0/management/deployment/svm/",
    hasBody: true,
    handle: (request: ApiRequest, context: ApiContext): ApiResponse => {
      parseQuery(request.query, []);
      const { world } = context;
      const task = withPlatformIds(world, request.body, (body) => world.tasks.start(plan(body, context)));
      return { status: 200, body: taskBody(task, world) };
    },
  };
}

/** "Deploying SVMs in a virtual infrastructure", "Reconfiguring deployed SVMs" and "SVM removal". */
export const svmRoutes: readonly Route[] = [
  taskRoute("POST", (body, context) => {
    const request = readDeployment(body);
    return deploymentPlan(context.world, request, checkDeployment(request, context));
  }),
  taskRoute("PUT", (body, context) => {
    const request = readReconfiguration(body, context.world.habits);
    checkReconfiguration(request, context);
    return reconfigurationPlan(context.world, request);
  }),
  taskRoute("DELETE", (body, context) => {
    const request = readRemoval(body);
    checkRemoval(request, context);
    return removalPlan(context.world, request);
  }),
];
