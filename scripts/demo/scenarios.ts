/** What the demo can show: `npm run demo` the first one, `npm run demo -- <name>` any. */
import type { Simulator, Svm } from "../../src/simulator";

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
  /** What is changed in between. */
  readonly change?: Change;
  /** What the Integration Server has of it: the end of a sentence. */
  whatIsThere(simulator: Simulator): string;
  /** Whether destroying left nothing. */
  isClean(simulator: Simulator): boolean;
}

/** Another deployment, with other values for some of the example's variables. */
export interface Change {
  readonly what: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What to say about it: whole sentences. */
  describe(simulator: Simulator): readonly string[];
}

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "quick-start": {
    example: "quick-start",
    introduction: [
      "Kaspersky Security for Virtualization Light Agent as code: the app in examples/quick-start, from nothing to SVMs on",
      "three hypervisors of two infrastructures and back, against a simulated Integration Server on this machine.",
    ],
    environment: {
      TF_VAR_VCENTER_PASSWORD: "Admin-Passw0rd",
      TF_VAR_PROXMOX_PASSWORD: "Admin-Passw0rd",
      TF_VAR_KLCONFIG_PASSWORD: "Klconfig-Passw0rd",
      TF_VAR_KSC_ADDRESS: "ksc.example.test",
    },
    deploy: "trust certificates, connect both, register an SVM image, deploy the SVMs",
    change: {
      what: "another Kaspersky Security Center reconfigures the SVMs in place",
      environment: { TF_VAR_KSC_ADDRESS: "ksc-2.example.test" },
      describe: (simulator) => {
        const addresses = new Set(deployedSvms(simulator).map(({ settings }) => settings.ksc?.address));
        return [`All of them connect to ${[...addresses].join(" and ")} now.`, requestsAboutSvms(simulator)];
      },
    },
    destroy: "remove the SVMs, then the connections",
    whatIsThere: (simulator) => {
      const connected = [...simulator.world.infrastructures.values()].map(({ address }) => address);
      const svms = deployedSvms(simulator)
        .map(({ vm }) => vm.name)
        .sort();
      return connected.length === 0
        ? "no connection and no SVM of the app"
        : `connections to ${connected.join(" and ")}, and deployed ${svms.join(", ")}`;
    },
    isClean: (simulator) => simulator.world.infrastructures.size === 0 && deployedSvms(simulator).length === 0,
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

/** Those that were not there when the simulator started. */
function deployedSvms({ world }: Simulator): readonly Svm[] {
  return world.svms.all.filter(({ settings }) => settings.imageId !== undefined);
}

/** SVMs that are worked on at the same time share a request. */
function requestsAboutSvms({ requests }: Simulator): string {
  const count = (method: string) => requests.count({ method, path: "/api/3.0/management/deployment/svm/" });
  return `So far the Integration Server was sent ${count("POST")} POST and ${count("PUT")} PUT about SVMs, each about all of them.`;
}

/** @throws Error that names the scenarios there are. */
export function scenarioNamed(name = "quick-start"): Scenario {
  const scenario = Object.hasOwn(SCENARIOS, name) ? SCENARIOS[name] : undefined;
  if (scenario !== undefined) return scenario;
  throw new Error(`There is no demo "${name}". There are: ${Object.keys(SCENARIOS).join(", ")}.`);
}
