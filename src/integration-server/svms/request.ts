/**
 * The bodies of the requests about SVMs. The documents' samples disagree on the place of some elements; they are read as
 * one form: `users` and `dns` in `svmSettings`, and `svmSettings`, `deploymentInfo` and, in a deployment, `settings` side by
 * side. Where a reconfiguration has its `settings`, see `networks-form.ts`. What stands in quotes there is sent as text,
 * also numbers and `true`; what has no value is left out.
 */
import type { JsonObject } from "../http/json";
import type { NetworksForm } from "./networks-form";
import type {
  HostNetwork,
  HostPlacement,
  HostTarget,
  OpenStackNetwork,
  OpenStackPlacement,
  OpenStackPort,
  OpenStackTarget,
  RootAccount,
  SvmDeployment,
  SvmImageUse,
  SvmLocation,
  SvmReconfiguration,
  SvmRemoval,
  SvmSettings,
} from "./svm";

/** SVM management, "SVM deployment request". All from the same image and in the same type of location. */
export function deploymentBody(deployments: readonly SvmDeployment[], concurrency: number): JsonObject {
  return {
    threadsCount: threadsCount(deployments, concurrency),
    image: deployments[0] && imageUse(deployments[0].image),
    svms: deployments.map((deployment) => ({
      svmSettings: { name: deployment.name, ...svmSettings(deployment) },
      deploymentInfo: deploymentInfo(deployment.placement),
      settings: placementSettings(deployment.placement),
    })),
  };
}

/** SVM management, "SVM reconfiguration request". All in the same type of location. */
export function reconfigurationBody(
  reconfigurations: readonly SvmReconfiguration[],
  concurrency: number,
  networksForm: NetworksForm,
): JsonObject {
  return {
    threadsCount: threadsCount(reconfigurations, concurrency),
    svms: reconfigurations.map(({ target, currentPassword, ...changes }) => {
      const settings = withContent({ networks: networks(target) });
      const isInside = networksForm === "inside";
      return {
        svmSettings: { password: currentPassword, ...svmSettings(changes) },
        deploymentInfo: { ...deploymentInfo(target, target.svmId), settings: isInside ? settings : undefined },
        settings: isInside ? undefined : settings,
      };
    }),
  };
}

/** SVM management, "SVM removal". */
export function removalBody(removals: readonly SvmRemoval[]): JsonObject {
  return { svms: removals.map(({ target }) => ({ deploymentInfo: deploymentInfo(target, target.svmId) })) };
}

/** How many the server shall work on at a time: never more than there are. */
function threadsCount(svms: readonly unknown[], concurrency: number): string {
  return String(Math.min(concurrency, svms.length));
}

function imageUse({ id, skipIntegrityCheck, localization }: SvmImageUse): JsonObject {
  return { id, skipCheckIntegrity: String(skipIntegrityCheck), localization };
}

function svmSettings({ ksc, dns, root, klconfig }: SvmSettings): JsonObject {
  const users = { root: root && rootUser(root), klconfig: klconfig && { password: klconfig.password } };
  return {
    ksc: ksc && {
      address: ksc.address,
      port: String(ksc.port),
      sslPort: String(ksc.sslPort),
      language: ksc.language,
    },
    users: withContent(users),
    dns: dns && { main: dns.main, alternative: dns.alternative },
  };
}

function rootUser({ allowSsh, password }: RootAccount): JsonObject {
  return {
    allowSshAccess: String(allowSsh),
    password,
  };
}

function deploymentInfo({ type, infrastructureId, locationId }: SvmLocation, svmId?: string): JsonObject {
  return { type, target: { infrastructureId, svmId, location: { id: locationId } } };
}

function placementSettings(placement: HostPlacement | OpenStackPlacement): JsonObject {
  if (placement.type === "host") return { storageId: placement.storageId, networks: networks(placement) };
  return {
    flavorId: placement.flavorId,
    volumeTypeId: placement.volumeTypeId,
    availabilityZoneName: placement.availabilityZone,
    serverGroupId: placement.serverGroupId,
    networks: networks(placement),
  };
}

function networks(
  where: HostPlacement | HostTarget | OpenStackPlacement | OpenStackTarget,
): readonly JsonObject[] | undefined {
  return where.type === "host" ? where.networks?.map(hostNetwork) : where.networks?.map(openStackNetwork);
}

function hostNetwork({ id, vlanId, primary, static: fixed }: HostNetwork): JsonObject {
  return {
    id,
    vlanId: optionalText(vlanId),
    isPrimary: primary,
    type: fixed ? "static" : "dynamic",
    ipAddress: fixed?.address,
    mask: fixed?.mask,
    gateway: fixed?.gateway,
  };
}

function openStackNetwork({ id, ports }: OpenStackNetwork): JsonObject {
  return { id, ports: ports.map(openStackPort) };
}

function openStackPort(port: OpenStackPort): JsonObject {
  const { primary, vlanId, static: fixed, portSecurityEnabled, securityGroupIds } = port;
  return {
    isPrimary: primary,
    type: fixed ? "static" : "dynamic",
    ipAddresses: fixed?.addresses,
    mask: fixed?.mask,
    gateway: fixed?.gateway,
    vlanId: optionalText(vlanId),
    portSecurityEnabled,
    securityGroupIds,
  };
}

function optionalText(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** An object none of whose fields has a value is left out like a value. */
function withContent(object: JsonObject): JsonObject | undefined {
  return Object.values(object).some((value) => value !== undefined) ? object : undefined;
}
