/** The bodies of the requests that deploy, reconfigure and remove SVMs, as the documents show them. */
import type { Habits } from "../habits";
import { badRequest } from "../http/api-error";
import { quotedBoolean, quotedInteger } from "../http/scalars";
import { type Check, listOf, object, oneOf, optional, text } from "../http/shape";
import { property } from "../property";
import type { AdapterSettings, ChangeableSettings, Placement } from "../world/svm-settings";
import { networkSettings, type PlacementSettings, placementSettings } from "./placement-request";
import { existingSvmSettings, newSvmSettings } from "./settings-request";

/** Where SVMs are, or shall be: on hosts of hypervisors, or in OpenStack projects. */
export type LocationType = Placement["type"];

/** One SVM of a request. */
export interface SvmItem {
  /** Where in the body it stands, such as `body.svms[2]`. */
  readonly path: string;
  readonly infrastructureId: string;
  /** The host's or the project's id. */
  readonly locationId: string;
}

export interface DeploymentItem extends SvmItem, PlacementSettings {
  readonly name: string;
  readonly changes: ChangeableSettings;
}

export interface ExistingItem extends SvmItem {
  readonly svmId: string;
}

export interface ReconfigurationItem extends ExistingItem {
  /** The current klconfig password. */
  readonly password: string;
  readonly changes: ChangeableSettings;
}

interface SvmRequest<Item extends SvmItem> {
  readonly locationType: LocationType;
  readonly svms: readonly Item[];
}

export interface DeploymentRequest extends SvmRequest<DeploymentItem> {
  /** How many SVMs are worked on at the same time. */
  readonly threadsCount: number;
  readonly image: { readonly id: string; readonly skipCheckIntegrity: boolean; readonly localization: string };
}

export interface ReconfigurationRequest extends SvmRequest<ReconfigurationItem> {
  readonly threadsCount: number;
}

export type RemovalRequest = SvmRequest<ExistingItem>;

const threadsCount = quotedInteger(1, 1000);
const image = object({ id: text, skipCheckIntegrity: quotedBoolean, localization: text });
const place = { infrastructureId: text, location: object({ id: text }) };
const newTarget = object(place);
const existingTarget = object({ ...place, svmId: text });

/**
 * "SVM deployment request", both variants.
 *
 * @throws ApiError 400 that names what differs from the documents
 */
export function readDeployment(body: unknown): DeploymentRequest {
  const locationType = readLocationType(body);
  const read = object({ threadsCount, image, svms: listOf(deploymentItem(locationType)) });
  return { locationType, ...read(body, "body") };
}

/**
 * "SVM reconfiguration request", both variants.
 *
 * @throws ApiError 400 that names what differs from the documents
 */
export function readReconfiguration(body: unknown, habits: Habits): ReconfigurationRequest {
  const locationType = readLocationType(body);
  const read = object({ threadsCount, svms: listOf(reconfigurationItem(locationType, habits)) });
  return { locationType, ...read(body, "body") };
}

/**
 * "SVM removal".
 *
 * @throws ApiError 400 that names what differs from the documents
 */
export function readRemoval(body: unknown): RemovalRequest {
  const locationType = readLocationType(body);
  const read = object({ svms: listOf(removalItem(locationType)) });
  return { locationType, ...read(body, "body") };
}

/** The task is for one kind of location, by its name, and so is the request. */
function readLocationType(body: unknown): LocationType {
  const svms = property(body, "svms");
  const types = listOf((svm, path) =>
    oneOf("host", "openstackProject")(property(property(svm, "deploymentInfo"), "type"), `${path}.deploymentInfo.type`),
  )(svms, "body.svms");
  const [first = "host"] = types;
  const other = types.findIndex((type) => type !== first);
  if (other >= 0) {
    throw badRequest(
      `body.svms[${other}].deploymentInfo.type must be ${first}, as it is in body.svms[0]: one request is for hosts or for projects, not for both.`,
    );
  }
  return first;
}

function deploymentItem(type: LocationType): Check<DeploymentItem> {
  const settings = optional(placementSettings[type]);
  const deploymentInfo = object({ type: oneOf(type), target: newTarget, settings });
  const shape = object({ svmSettings: newSvmSettings, deploymentInfo, settings });
  return (value, path) => {
    const svm = shape(value, path);
    const placed = eitherSettings(svm.settings, svm.deploymentInfo.settings, path);
    if (placed === undefined) {
      throw badRequest(`${path}.settings is missing.`);
    }
    const { name, changes } = svm.svmSettings;
    requireDns(placed.adapters, changes, path);
    return { path, ...located(svm.deploymentInfo.target), ...placed, name, changes };
  };
}

function reconfigurationItem(type: LocationType, habits: Habits): Check<ReconfigurationItem> {
  const settings = optional(networkSettings[type]);
  const deploymentInfo = object({ type: oneOf(type), target: existingTarget, settings });
  const shape = object({ svmSettings: existingSvmSettings, deploymentInfo, settings });
  return (value, path) => {
    const svm = shape(value, path);
    const beside = acceptedForm(svm.settings, habits, "Beside", path);
    const inside = acceptedForm(svm.deploymentInfo.settings, habits, "Inside", path);
    const adapters = eitherSettings(beside, inside, path)?.networks;
    const { password, changes } = svm.svmSettings;
    requireSshAccess(changes, habits, path);
    requireDns(adapters ?? [], changes, path);
    const { target } = svm.deploymentInfo;
    return {
      path,
      ...located(target),
      svmId: target.svmId,
      password,
      changes: { ...changes, ...(adapters === undefined ? {} : { adapters }) },
    };
  };
}

function removalItem(type: LocationType): Check<ExistingItem> {
  const shape = object({ deploymentInfo: object({ type: oneOf(type), target: existingTarget }) });
  return (value, path) => {
    const { target } = shape(value, path).deploymentInfo;
    return { path, ...located(target), svmId: target.svmId };
  };
}

function located({ infrastructureId, location }: ReturnType<typeof newTarget>): Omit<SvmItem, "path"> {
  return { infrastructureId, locationId: location.id };
}

/** The brackets of three of the four samples put `settings` beside `deploymentInfo`, those of one put it inside. */
function eitherSettings<Settings>(
  beside: Settings | undefined,
  inside: Settings | undefined,
  path: string,
): Settings | undefined {
  if (beside !== undefined && inside !== undefined) {
    throw badRequest(`${path} has settings both beside and inside of deploymentInfo.`);
  }
  return beside ?? inside;
}

/** The settings of one form, nothing where the server ignores it; see `reconfiguredNetworks` among the habits. */
function acceptedForm<Settings>(
  settings: Settings | undefined,
  { reconfiguredNetworks }: Habits,
  form: "Beside" | "Inside",
  path: string,
): Settings | undefined {
  if (settings !== undefined && reconfiguredNetworks === `refuse${form}`) {
    throw badRequest(
      `${path} has settings ${form.toLowerCase()} deploymentInfo, where this server does not take them.`,
    );
  }
  const ignored = reconfiguredNetworks === "ignoreBoth" || reconfiguredNetworks === `ignore${form}`;
  return ignored ? undefined : settings;
}

/** "SVM reconfiguration request": the samples have both of root's settings, the text lets both be left out. */
function requireSshAccess({ root }: ChangeableSettings, { rootPasswordAlone }: Habits, path: string): void {
  if (rootPasswordAlone === "refused" && root?.password !== undefined && root.allowSshAccess === undefined) {
    throw badRequest(`${path}.svmSettings.users.root.allowSshAccess is missing beside the password.`);
  }
}

/** "SVM deployment request", "dns", and the same in "SVM reconfiguration request". */
function requireDns(adapters: readonly AdapterSettings[], { dns }: ChangeableSettings, path: string): void {
  if (dns === undefined && adapters.some((each) => each.static !== undefined)) {
    throw badRequest(`${path}.svmSettings.dns is missing: static IP addressing needs it.`);
  }
}
