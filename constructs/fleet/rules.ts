/** What has to fit together in a fleet beyond what the schema says of each SVM. Checked at synth. */
import { TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { nearestName } from "../../src/terraform/schema";
import type { Problem } from "../../src/terraform/schema/schema";
import type { IInfrastructure } from "../infrastructure";
import { withoutUndefined } from "../schema/defined";
import { resolveText } from "../schema/resolve";
import { isExpression } from "../schema/tokens";
import { listProblems } from "./lists";
import type { PlacedSvm } from "./placed-svm";
import type { SvmPlacement } from "./placement";
import {
  type FleetSvmProps,
  IMAGE_PROPERTIES,
  SHARED_PROPERTIES,
  SVM_PROPERTIES,
  type SvmProps,
  type SvmSharedProps,
} from "./props";
import { addressProblems } from "./upgrade-rules";
import { UpgradeStrategy } from "./upgrade-strategy";

/** What was written for an SVM that does not exist or cannot be meant. */
export function* propertyProblems(props: SvmProps, svm: PlacedSvm): Iterable<Problem> {
  yield* unknownProblems(props, SVM_PROPERTIES);
  yield* lifecycleProblems(props);
  if (props.network !== undefined && props.networks !== undefined) {
    yield { path: ["network"], message: "Set either network or networks, not both." };
  }
  if ("domain" in props && props.domain !== undefined && typeof props.project !== "string") {
    yield { path: ["domain"], message: "A domain tells projects of one name apart, but no project is given by name." };
  }
  yield* listProblems(props);
  yield* foreignPlaceProblems(props, svm);
  if (props.upgrade === UpgradeStrategy.KEEP_PROTECTING) yield* addressProblems(svm);
}

/** What one SVM of a fleet cannot have of its own. */
export function* fleetPropertyProblems(props: FleetSvmProps): Iterable<Problem> {
  for (const name of IMAGE_PROPERTIES.filter((name) => name in withoutUndefined(props))) {
    yield {
      path: [name],
      message: "It is the deployment's: all its SVMs have the same. Take another deployment, or Svm.",
    };
  }
}

/** The same for what a fleet shares. */
export function* sharedPropertyProblems(shared: SvmSharedProps): Iterable<Problem> {
  yield* unknownProblems(shared, SHARED_PROPERTIES);
  yield* lifecycleProblems(shared);
}

/** For callers without a compiler. */
function* unknownProblems(props: object, known: readonly string[]): Iterable<Problem> {
  for (const name of Object.keys(withoutUndefined(props)).filter((name) => !known.includes(name))) {
    const nearest = nearestName(name, known);
    const hint = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
    yield { path: [name], message: `There is no property "${name}".${hint}` };
  }
}

function* lifecycleProblems({ lifecycle }: SvmSharedProps): Iterable<Problem> {
  if (!("createBeforeDestroy" in withoutUndefined(lifecycle ?? {}))) return;
  const message = "Take the deployment's upgrade: UpgradeStrategy.KEEP_PROTECTING, which also names the SVMs apart.";
  yield { path: ["lifecycle", "createBeforeDestroy"], message };
}

/** Ids that were found in another infrastructure mean nothing, or something else, in this one. */
function* foreignPlaceProblems(placement: SvmPlacement, svm: PlacedSvm): Iterable<Problem> {
  const [property, place] =
    placement.host !== undefined ? (["host", placement.host] as const) : (["project", placement.project] as const);
  if (!Construct.isConstruct(place) || place.infrastructure === undefined) return;
  if (TerraformStack.of(place) !== TerraformStack.of(svm)) return;
  if (!areOthers(svm, place.infrastructure, placement.infrastructure)) return;
  yield {
    path: [property],
    message: `${place.node.path} is of another infrastructure than ${placement.infrastructure.node.path}.`,
  };
}

/**
 * True where two infrastructures are certainly not one. The id of one that another stack connects has one expression where CDKTF
 * has handed it on already, and another where it has not.
 */
function areOthers(svm: PlacedSvm, ...infrastructures: readonly [IInfrastructure, IInfrastructure]): boolean {
  const [one, other] = infrastructures;
  if (one === other) return false;
  const ids = infrastructures.map((each) => resolveText(svm, each?.infrastructureId));
  if (ids[0] === ids[1]) return false;
  return infrastructures.every(
    (each, index) => TerraformResource.isTerraformResource(each) || !isExpression(ids[index]),
  );
}
