/** Registers an SVM image, and has it verified where that is asked for. */
import { failureOf, type SvmImage } from "../../integration-server";
import type { Context, CreateRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { explained } from "../shared/errors";
import type { SvmImageAttributes, SvmImagePlan, SvmImageState } from "./schema";
import { verified } from "./verify";

export async function create(request: CreateRequest<SvmImageAttributes, Client>): Promise<SvmImageState> {
  const { plan, save, log } = request;
  const registered = stateOf(plan, await register(plan, request));
  log.info("Registered the SVM image", { manifest: plan.manifestPath, image: registered.id });
  save(registered);
  return plan.verify ? verified(registered, request) : registered;
}

async function register(
  { manifestPath, infrastructureTypes }: SvmImagePlan,
  context: Context<Client>,
): Promise<SvmImage> {
  try {
    const image = { manifestPath, infrastructureTypes };
    return await context.client.server.images.register(image, { signal: context.signal });
  } catch (error) {
    throw explained(`register the SVM image ${manifestPath}`, error, adviceOnLostAnswer(error));
  }
}

function adviceOnLostAnswer(error: unknown): string | undefined {
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
