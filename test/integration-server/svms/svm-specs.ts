/** SVMs as tests deploy them. */
import type { HostPlacement, OpenStackPlacement, SvmDeployment } from "../../../src/integration-server";
import { Secret } from "../../../src/integration-server/http/secret";

export const hostPlacement = (locationId = "h-1"): HostPlacement => ({
  type: "host",
  infrastructureId: "i-1",
  locationId,
  storageId: "ds-1",
  networks: [{ id: "net-1", primary: true }],
});

export const openStackPlacement: OpenStackPlacement = {
  type: "openstackProject",
  infrastructureId: "os-1",
  locationId: "p-1",
  flavorId: "f-1",
  networks: [{ id: "net-1", ports: [{ primary: true }] }],
};

export const deployment = (name: string, more: Partial<SvmDeployment> = {}): SvmDeployment => ({
  name,
  image: { id: "img-1", localization: "en", skipIntegrityCheck: false },
  placement: hostPlacement(`h-${name}`),
  ksc: { address: "ksc.example.com", port: 14_000, sslPort: 13_000 },
  root: { allowSsh: false },
  klconfig: { password: new Secret("k1config") },
  ...more,
});
