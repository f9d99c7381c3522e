/** Registers an SVM image, and has it verified where that is asked for. */
import { failureOf, isNotFound, type SvmImage } from "../../integration-server";
import { type Context, type CreateRequest, DiagnosticError } from "../../terraform";
import type { Client } from "../shared/client";
import { explained } from "../shared/errors";
import { adopted, begin, endUnlessUncertain } from "../shared/journal";
import { hclString } from "../shared/pasting";
import { FINGERPRINT, factsOf, imageOf, makingOf } from "./journal";
import type { SvmImageAttributes, SvmImagePlan, SvmImageState } from "./schema";
import { verified } from "./verify";

type SvmImageCreateRequest = CreateRequest<SvmImageAttributes, Client>;

export async function create(request: SvmImageCreateRequest): Promise<SvmImageState> {
  return (await adoptEarlier(request)) ?? registerAnew(request);
}

/**
 * Takes over an image that an earlier run has registered and did not live to tell Terraform. One that is not known to be
 * there any more is registered anew, which does no harm.
 */
async function adoptEarlier(request: SvmImageCreateRequest): Promise<SvmImageState | undefined> {
  const { client, plan, save, warn } = request;
  const started = client.journal.takeEarlier(makingOf(plan));
  const image = started && started.standing === "answered" ? imageOf(started.entry, plan) : undefined;
  if (started === undefined || image === undefined) return undefined;
  if (client.journal.holderOf("image", image.id) !== undefined) return undefined;
  const registered = stateOf(plan, image);
  started.adopt(image.id);
  save(registered);
  try {
    const state = plan.verify ? await verified(registered, request) : registered;
    warn(adopted(started, image.id, plan.verify ? "It was verified again." : "The API cannot read an image back."));
    return state;
  } catch (error) {
    if (!(error instanceof DiagnosticError) || !isNotFound(error.cause)) throw error;
    started.end();
    return undefined;
  }
}

async function registerAnew(request: SvmImageCreateRequest): Promise<SvmImageState> {
  const { plan, save, log } = request;
  const registered = stateOf(plan, await register(plan, request));
  log.info("Registered the SVM image", { manifest: plan.manifestPath, image: registered.id });
  save(registered);
  return plan.verify ? verified(registered, request) : registered;
}

async function register(
  { manifestPath, infrastructureTypes }: SvmImagePlan,
  { client: { server, journal }, signal, timeout }: Context<Client>,
): Promise<SvmImage> {
  const image = { manifestPath, infrastructureTypes };
  const name = `SVM image ${manifestPath}`;
  const started = begin(journal, { ...makingOf(image), name, fingerprint: FINGERPRINT, timeout });
  try {
    const registered = await server.images.register(image, { signal });
    started.note({ id: registered.id, facts: factsOf(registered) });
    return registered;
  } catch (error) {
    endUnlessUncertain(started, error);
    throw explained(`register the SVM image ${manifestPath}`, error, adviceOn(error, manifestPath));
  }
}

function adviceOn(error: unknown, manifestPath: string): string | undefined {
  if (isNotFound(error)) {
    return `The Integration Server finds no manifest at ${hclString(manifestPath)}. Copy the image there, to the machine of the Integration Server, not to the one that runs Terraform, or correct manifest_path (manifestPath in CDKTF).`;
  }
  if (failureOf(error).effect === "none") return undefined;
  return "The image may have been registered all the same, under an id that is not known. Apply again to register it anew: an image that is registered twice does no harm.";
}

function stateOf(
  { manifestPath, infrastructureTypes, verify, timeouts }: SvmImagePlan,
  image: SvmImage,
): SvmImageState {
  const { id, svmVersion, size, productName, vendor, publisher, description } = image;
  return {
    manifestPath,
    infrastructureTypes,
    verify,
    timeouts,
    id,
    svmVersion: svmVersion ?? null,
    size: size ?? null,
    productName: productName ?? null,
    vendor: vendor ?? null,
    publisher: publisher ?? null,
    description: description ?? null,
    verified: false,
  };
}
