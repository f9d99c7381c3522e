/** Numa vServer has two names: `NUMAVSERVER` in the documents' chapter on connections, `NUMAVERSER` in the one on images. */
import { failureOf } from "../http/failure";
import { documented, type OpenUnion } from "../open-union";
import { INFRASTRUCTURE_TYPES, type InfrastructureType } from "./kinds";

const NUMA = { connections: "NUMAVSERVER", images: "NUMAVERSER" } as const;

type Chapter = keyof typeof NUMA;

/** The type that an answer names, however it is spelled. */
export function documentedType(text: string): OpenUnion<InfrastructureType> {
  return documented(text, INFRASTRUCTURE_TYPES, { [NUMA.images]: NUMA.connections });
}

/**
 * Sends a request that names types as its chapter does and, where the server refuses that, once more with the other name.
 *
 * @throws what the first request ended with, when the second one is refused, too
 */
export async function withEitherSpelling<T>(
  types: readonly InfrastructureType[],
  chapter: Chapter,
  send: (spelled: (type: InfrastructureType) => string) => Promise<T>,
): Promise<T> {
  const inChapter = (spelling: Chapter) => (type: InfrastructureType) =>
    type === NUMA.connections ? NUMA[spelling] : type;
  try {
    return await send(inChapter(chapter));
  } catch (refusal) {
    if (!types.includes(NUMA.connections) || !isRefused(refusal)) throw refusal;
    try {
      return await send(inChapter(chapter === "images" ? "connections" : "images"));
    } catch (error) {
      throw isRefused(error) ? refusal : error;
    }
  }
}

function isRefused(error: unknown): boolean {
  return failureOf(error).kind === "refused";
}
