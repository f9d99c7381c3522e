/** What a run that is killed may have been making. */
import type { Simulator } from "../../../src/simulator";
import { infrastructure, VCENTER } from "./configuration";
import type { KilledObject } from "./killed-runs";

const RESERVE = "viis-reserve.example.test:7271";

export const CONNECTION: KilledObject = {
  name: "a connection",
  address: "ksvla_infrastructure.it",
  isListed: false,
  post: { method: "POST", path: "/api/3.0/infrastructures" },
  look: { method: "GET", path: "/api/3.0/infrastructures/*" },
  made: ({ world }: Simulator) => [...world.infrastructures.keys()],
  prepare: async ({ world }: Simulator) => {
    world.trust(`${VCENTER}:443`);
    return infrastructure();
  },
};

export const RESERVE_SERVER: KilledObject = {
  name: "a reserve server",
  address: "ksvla_reserve_server.it",
  post: { method: "POST", path: "*/ha/instances" },
  look: { method: "GET", path: "*/ha/instances/*" },
  made: ({ world }: Simulator) => [...world.cluster.instances.keys()],
  prepare: async ({ world }: Simulator) => {
    world.cluster.role = "Primary";
    world.trust(RESERVE);
    return `resource "ksvla_reserve_server" "it" {
  address     = "${RESERVE}"
  password_wo = "Reserve-Passw0rd"
}
`;
  },
};
