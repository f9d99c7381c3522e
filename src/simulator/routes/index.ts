import type { Route } from "../http/api";
import { authenticationRoutes } from "./authentication";
import { certificateRoutes } from "./certificates";
import { infrastructureRoutes } from "./infrastructures";
import { objectRoutes } from "./objects";
import { taskRoutes } from "./tasks";

/** Every operation the simulator has. */
export const routes: readonly Route[] = [
  ...authenticationRoutes,
  ...certificateRoutes,
  ...infrastructureRoutes,
  ...objectRoutes,
  ...taskRoutes,
];
