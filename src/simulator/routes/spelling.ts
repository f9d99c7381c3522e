/** How requests and answers spell what real servers, and the documents, spell in more than one way. */
import type { Habits } from "../habits";
import { type Check, oneOf } from "../http/shape";
import type { TaskState } from "../tasks/task";
import { joinAddress, splitAddress } from "../world/addresses";
import type { ConnectionErrorCode, ConnectionStatus } from "../world/infrastructure";
import { hypervisorTypes, type InfrastructureType, openstackTypes } from "../world/platforms";

/** `CONNECTED` or `Connected`, `NO_ERROR` or `NoError`. */
export function spellState({ connectionStates }: Habits, value: ConnectionStatus | ConnectionErrorCode): string {
  return connectionStates === "CONNECTED"
    ? value
    : value
        .split("_")
        .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
        .join("");
}

export function spellTaskState({ cancelledTask }: Habits, state: TaskState): string {
  return state === "Cancelled" ? cancelledTask : state;
}

/** @param port the one that an address without one means; nothing where every address has one */
export function spellAddress({ addresses }: Habits, address: string, port?: number): string {
  switch (addresses) {
    case "asSent":
      return address;
    case "lowerCase":
      return address.toLowerCase();
    case "upperCase":
      return address.toUpperCase();
    case "withPort":
      return port === undefined ? address : withPort(address, port);
  }
}

function withPort(address: string, defaultPort: number): string {
  const { host, port } = splitAddress(address, defaultPort);
  return joinAddress(host, port);
}

/** The registration of images spells one type differently from the rest of the API. */
const documentedNuma = { connections: "NUMAVSERVER", images: "NUMAVERSER" } as const;

/** Where a type stands. */
type TypeUse = keyof typeof documentedNuma;

export function spellType({ numaVServer }: Habits, use: TypeUse, type: InfrastructureType): string {
  if (type !== "NUMAVSERVER") {
    return type;
  }
  return numaVServer === "asDocumented" ? documentedNuma[use] : numaVServer;
}

/** Any documented type, in the spelling that is accepted there. */
export function infrastructureType(habits: Habits, use: TypeUse): Check<InfrastructureType> {
  const types = new Map([...hypervisorTypes, ...openstackTypes].map((type) => [spellType(habits, use, type), type]));
  return (value, path) => {
    const spelled = oneOf(...types.keys())(value, path);
    return types.get(spelled) ?? "NUMAVSERVER";
  };
}
