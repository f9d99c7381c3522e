import type { Route } from "../http/api";
import { authenticationRoutes } from "./authentication";
import { certificateRoutes } from "./certificates";
import { clusterRoutes } from "./cluster";
import { imageRoutes } from "./images";
import { infrastructureRoutes } from "./infrastructures";
import { objectRoutes } from "./objects";
import { svmRoutes } from "./svms";
import { taskRoutes } from "./tasks";

/** Every operation the simulator has. */
export const routes: readonly Route[] = [
  ...authenticationRoutes,
  ...certificateRoutes,
  ...clusterRoutes,
  ...imageRoutes,
  ...infrastructureRoutes,
  ...objectRoutes,
  ...svmRoutes,
  ...taskRoutes,
];
