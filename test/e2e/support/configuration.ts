/** Pieces of Terraform configuration that many tests need. */
import type { Simulator } from "../../../src/simulator";

/** One real second is a hundred simulated ones: a connection takes about 30 ms. */
export const TIME_SCALE = 0.01;

/** The provider takes its server from the environment; polling is as fast as the simulated time. */
export const PROVIDER = `
provider "ksvla" {
  poll_interval = "50ms"
}
`;

/** What tells the provider where the simulator is and whom to trust. */
export function environmentOf(simulator: Simulator): NodeJS.ProcessEnv {
  return {
    KSVLA_ADDRESS: simulator.address,
    KSVLA_PASSWORD: simulator.password,
    KSVLA_CA_CERTIFICATE: simulator.caCertificate,
  };
}

export const ADMIN_PASSWORD = "Admin-Passw0rd";
export const VCENTER = "vcenter.example.test";

export interface InfrastructureArguments {
  readonly type?: string;
  readonly address?: string;
  readonly name?: string;
  readonly password?: string;
  /** Further arguments of the account. */
  readonly account?: string;
  /** Further arguments of the resource. */
  readonly extra?: string;
}

/** `ksvla_infrastructure.it`, by default a vSphere whose certificate somebody has to trust. */
export function infrastructure(given: InfrastructureArguments = {}): string {
  const { type = "VMWARE", address = VCENTER, name = "admin", password = ADMIN_PASSWORD, account, extra } = given;
  return `
resource "ksvla_infrastructure" "it" {
  type    = "${type}"
  address = "${address}"
  admin = {
    name        = "${name}"
    password_wo = "${password}"
    ${account ?? ""}
  }
  ${extra ?? ""}
}
`;
}

/** `ksvla_trusted_certificate.it` for the vSphere. */
export function certificate(extra = ""): string {
  return `
resource "ksvla_trusted_certificate" "it" {
  address = "${VCENTER}:443"
  ${extra}
}
`;
}
