import type { IncomingHttpHeaders } from "node:http";
import type { Clock } from "../clock";
import type { Json } from "../json";
import type { World } from "../world/world";
import type { Sessions } from "./sessions";

/** A request that was routed, authenticated and parsed. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  /** What stood where the route's path has `:name`, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The raw query, without `?`. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface ApiResponse {
  readonly status: number;
  /** Nothing is an empty body. */
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a handler works with. */
export interface ApiContext {
  readonly world: World;
  readonly clock: Clock;
  readonly sessions: Sessions;
}

export type Handler = (request: ApiRequest, context: ApiContext) => ApiResponse | Promise<ApiResponse>;

/** One documented operation. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** With `:name` for what varies. */
  readonly path: string;
  /** Whether it takes a JSON body. @default false */
  readonly hasBody?: boolean;
  /** Whether it needs no token. @default false */
  readonly anonymous?: boolean;
  readonly handle: Handler;
}

/** The value of a `:name` in the route's path. */
export function pathParameter(request: ApiRequest, name: string): string {
  const value = request.parameters[name];
  if (value === undefined) {
    throw new TypeError(`The route of ${request.path} has no :${name}.`);
  }
  return value;
}
