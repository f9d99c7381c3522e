import type { Route } from "./api";
import { ApiError, notFound } from "./api-error";

export interface RouteMatch {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Finds the documented operation behind a method and a path. */
export class Router {
  readonly #routes: readonly { readonly route: Route; readonly segments: readonly string[] }[];

  constructor(routes: readonly Route[]) {
    this.#routes = routes.map((route) => ({ route, segments: route.path.split("/") }));
  }

  /** @throws ApiError 404 for a path that no document shows, 405 for a method that none shows on it */
  match(method: string, path: string): RouteMatch {
    const segments = path.split("/");
    const candidates = this.#routes.flatMap(({ route, segments: pattern }) => {
      const parameters = matchSegments(pattern, segments);
      return parameters === undefined ? [] : [{ route, parameters, literals: literalCount(pattern) }];
    });
    if (candidates.length === 0) {
      throw notFound(`The documents show no ${path}.`);
    }
    // `/infrastructures/testConnection` is not the infrastructure with the id "testConnection".
    const mostLiteral = Math.max(...candidates.map((candidate) => candidate.literals));
    const closest = candidates.filter((candidate) => candidate.literals === mostLiteral);
    const match = closest.find((candidate) => candidate.route.method === method);
    if (match === undefined) {
      const allowed = closest.map((candidate) => candidate.route.method).join(", ");
      throw new ApiError(405, "MethodNotAllowed", `The documents show ${allowed} on ${path}, not ${method}.`, {
        Allow: allowed,
      });
    }
    return match;
  }
}

function matchSegments(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) {
    return undefined;
  }
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index] ?? "";
    if (expected.startsWith(":") && actual !== "") {
      parameters[expected.slice(1)] = decode(actual);
    } else if (expected !== actual) {
      return undefined;
    }
  }
  return parameters;
}

function literalCount(pattern: readonly string[]): number {
  return pattern.filter((segment) => !segment.startsWith(":")).length;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ApiError(400, "InvalidRequest", `The path segment ${segment} is no valid percent-encoding.`);
  }
}
