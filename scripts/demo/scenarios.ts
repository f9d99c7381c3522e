/** What the demo can show: `npm run demo` the first one, `npm run demo -- <name>` any. */
import type { Simulator } from "../../src/simulator";

export interface Scenario {
  /** The folder in `examples/`, which is also what its stack is called. */
  readonly example: string;
  /** What happens, in lines for the screen. */
  readonly introduction: readonly string[];
  /** The secrets of the simulator's world that the example takes. */
  readonly environment: Readonly<Record<string, string>>;
  /** What deploying does, and what destroying does. */
  readonly deploy: string;
  readonly destroy: string;
  /** What the Integration Server has of it: the end of a sentence. */
  whatIsThere(simulator: Simulator): string;
  /** Whether destroying left nothing. */
  isClean(simulator: Simulator): boolean;
}

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "quick-start": {
    example: "quick-start",
    introduction: [
      "Kaspersky Security for Virtualization Light Agent as code: the app in examples/quick-start, from nothing to",
      "a connected vSphere and back, against a simulated Integration Server on this machine.",
    ],
    environment: { TF_VAR_VCENTER_PASSWORD: "Admin-Passw0rd" },
    deploy: "trust the vSphere's certificate, connect it, look up a host",
    destroy: "remove the connection",
    whatIsThere: ({ world }) => {
      const connected = [...world.infrastructures.values()].map(({ address }) => address);
      return connected.length === 0 ? "no connection" : `a connection to ${connected.join(", ")}`;
    },
    isClean: ({ world }) => world.infrastructures.size === 0,
  },
  ha: {
    example: "ha-cluster",
    introduction: [
      "A high-availability cluster of two Integration Servers as code: the app in examples/ha-cluster, from a standalone",
      "server to a connected reserve server and back, against a simulated Integration Server on this machine.",
    ],
    environment: { TF_VAR_RESERVE_PASSWORD: "Reserve-Passw0rd" },
    deploy: "assign the role, trust the reserve server's certificate, register it",
    destroy: "de-register the reserve server; the role stays",
    whatIsThere: ({ world: { cluster } }) => {
      const reserves = [...cluster.instances.values()].map(({ address }) => address);
      return `the role ${cluster.role} and ${reserves.length === 0 ? "no reserve server" : `the reserve server ${reserves.join(", ")}`}`;
    },
    isClean: ({ world }) => world.cluster.instances.size === 0,
  },
};

/** @throws Error that names the scenarios there are. */
export function scenarioNamed(name = "quick-start"): Scenario {
  const scenario = Object.hasOwn(SCENARIOS, name) ? SCENARIOS[name] : undefined;
  if (scenario !== undefined) return scenario;
  throw new Error(`There is no demo "${name}". There are: ${Object.keys(SCENARIOS).join(", ")}.`);
}
