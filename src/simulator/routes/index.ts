import type { Route } from "../http/api";
import { authenticationRoutes } from "./authentication";
import { certificateRoutes } from "./certificates";
import { clusterRoutes } from "./cluster";
import { infrastructureRoutes } from "./infrastructures";
import { objectRoutes } from "./objects";
import { taskRoutes } from "./tasks";

/** Every operation the simulator has. */
export const routes: readonly Route[] = [
  ...authenticationRoutes,
  ...certificateRoutes,
  ...clusterRoutes,
  ...infrastructureRoutes,
  ...objectRoutes,
  ...taskRoutes,
];
