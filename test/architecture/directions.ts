/** Which way imports go: from room to room as a plan allows, and never in a circle. */
import type { ImportGraph } from "./import-graph";

/**
 * Rooms, by path, with what their files may import besides each other and what is in rooms within. A path stands for
 * the file of that name, or for all files below the folder; `*` stands for any name, and each folder that it names is a
 * room of its own. A file is in the first room whose path fits.
 */
export type Plan = Readonly<Record<string, readonly string[]>>;

/** Every import that the plan does not allow, and every file that it has no room for. */
export function findViolations(graph: ImportGraph, plan: Plan): readonly string[] {
  const rooms = Object.entries(plan).map(([path, mayImport]) => ({
    pattern: toPattern(path),
    allowed: mayImport.map(toPattern),
  }));
  const roomOf = (file: string) => {
    for (const { pattern, allowed } of rooms) {
      const path = pattern.exec(file)?.[0];
      if (path !== undefined) return { path, allowed };
    }
    return undefined;
  };
  return [...graph].flatMap(([file, imports]) => {
    const room = roomOf(file);
    if (room === undefined) return [`${file} is in no room of the plan`];
    return [...imports]
      .filter((imported) => imported !== room.path && !imported.startsWith(`${room.path}/`))
      .filter((imported) => !room.allowed.some((pattern) => pattern.test(imported)))
      .map((imported) => `${file} must not import ${imported}`);
  });
}

/** Paths of the plan that nothing fits any more, so that a rule never watches over an empty room. */
export function findStale(graph: ImportGraph, plan: Plan): readonly string[] {
  const nodes = [...graph].flatMap(([file, imports]) => [file, ...imports]);
  const paths = Object.entries(plan).flatMap(([path, mayImport]) => [path, ...mayImport]);
  return [...new Set(paths)].filter((path) => {
    const pattern = toPattern(path);
    return !nodes.some((node) => pattern.test(node));
  });
}

function toPattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/[.]/g, "\\.").replaceAll("*", "[^/]*")}(?=/|$)`);
}

/** Circles of imports: each file that is in any is in one of these, mostly by its shortest way back. */
export function findCircles(graph: ImportGraph): readonly string[] {
  const circles: string[] = [];
  const seen = new Set<string>();
  for (const file of graph.keys()) {
    if (seen.has(file)) continue;
    const circle = wayBack(graph, file);
    for (const member of circle) seen.add(member);
    if (circle.length > 0) circles.push([...circle, file].join(" → "));
  }
  return circles;
}

/** The shortest way from a file back to itself, empty where there is none. */
function wayBack(graph: ImportGraph, start: string): readonly string[] {
  const reached = new Set<string>();
  const ways: [file: string, way: readonly string[]][] = [[start, [start]]];
  for (const [file, way] of ways) {
    for (const imported of graph.get(file) ?? []) {
      if (imported === start) return way;
      if (reached.has(imported)) continue;
      reached.add(imported);
      ways.push([imported, [...way, imported]]);
    }
  }
  return [];
}
