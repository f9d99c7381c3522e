import { type Simulator, startSimulator } from "../../src/simulator";
import { environmentOf, infrastructure, PROVIDER, TIME_SCALE, VCENTER } from "./support/configuration";
import { flatten } from "./support/screen";
import { Workspace } from "./support/workspace";

/** What is wrong, and what has to be on the screen: the error and what to do. */
const CASES: Readonly<
  Record<string, { arrange?: (simulator: Simulator) => void; configuration?: string; shows: readonly RegExp[] }>
> = {
  INVALID_CERTIFICATE: {
    shows: [/INVALID_CERTIFICATE/, /ksvla_trusted_certificate/],
  },
  UNAUTHORIZED: {
    arrange: trustVcenter,
    configuration: infrastructure({ password: "Wrong-Passw0rd" }),
    shows: [/UNAUTHORIZED/, /name|password/],
  },
  ACCESS_DENIED: {
    arrange: trustVcenter,
    configuration: infrastructure({ name: "guest", password: "Guest-Passw0rd" }),
    shows: [/ACCESS_DENIED/, /rights/],
  },
  NETWORK_ERROR: {
    configuration: infrastructure({ address: "nobody.example.test" }),
    shows: [/NETWORK_ERROR/, /nobody\.example\.test/],
  },
  SERVER_ERROR: {
    arrange: (simulator) => {
      trustVcenter(simulator);
      simulator.world.endpoint(`${VCENTER}:443`).outage = "SERVER_ERROR";
    },
    shows: [/SERVER_ERROR/, /vcenter\.example\.test/],
  },
  "a secondary XenServer": {
    arrange: ({ world }) => world.trust("xen-secondary.example.test:443"),
    configuration: infrastructure({ type: "XEN", address: "xen-secondary.example.test" }),
    shows: [/xen-primary\.example\.test/],
  },
  "a secondary Numa vServer": {
    arrange: ({ world }) => world.trust("numa-secondary.example.test:443"),
    configuration: infrastructure({ type: "NUMAVSERVER", address: "numa-secondary.example.test" }),
    shows: [/numa-primary\.example\.test/],
  },
  "a read-only account with a wrong password": {
    arrange: trustVcenter,
    configuration: infrastructure({ extra: 'read_only = { name = "viewer", password_wo = "Wrong-Passw0rd" }' }),
    shows: [/UNAUTHORIZED/, /read_only/],
  },
};

function trustVcenter({ world }: Simulator): void {
  world.trust(`${VCENTER}:443`);
}

let simulator: Simulator;
let workspace: Workspace;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
});
afterEach(async () => {
  workspace.dispose();
  await simulator.stop();
});

test.each(Object.entries(CASES))("%s is explained on the screen", async (_, given) => {
  given.arrange?.(simulator);
  workspace = await Workspace.with(PROVIDER + (given.configuration ?? infrastructure()), {
    env: environmentOf(simulator),
  });

  const { output } = await workspace.failingApply();

  for (const expected of given.shows) expect(flatten(output)).toMatch(expected);
});

test("a failed connection is mended by the next apply", async () => {
  workspace = await Workspace.with(PROVIDER + infrastructure(), { env: environmentOf(simulator) });
  await workspace.failingApply();
  trustVcenter(simulator);

  await workspace.apply();

  expect(simulator.world.infrastructures.size).toBe(1);
  expect((await workspace.plan()).code).toBe(0);
});
