/** `ksvla_svm_image`: an SVM image that the Integration Server knows and can deploy. */
import { type IntegrationServer, mayHaveTakenEffect, type SvmImage, type Task } from "../../integration-server";
import {
  bool,
  type Context,
  computed,
  DiagnosticError,
  optional,
  type Plan,
  type PlanChanges,
  required,
  resource,
  type State,
  schema,
  set,
  string,
  timeouts,
  UNKNOWN,
} from "../../terraform";
import { atLeastOne, manifestPath } from "../../validators";
import { explained } from "../shared/errors";
import { describeTypes, infrastructureTypes } from "../shared/schema/infrastructure-types";

const stable = { useStateForUnknown: true };

export const svmImageSchema = schema({
  description:
    "Registers an SVM image on the Integration Server, so that SVMs can be deployed from it, and has its authenticity verified. The image and its description are files on the Integration Server. The API documents no way to read an image back or to remove it: what happens to it outside of Terraform is not seen, it cannot be imported, and destroying the resource leaves it registered.",
  attributes: {
    manifestPath: required(string(), {
      description:
        "The absolute path of the image's description (an `.xml` file, in the same folder as the image) on the Integration Server. Changing it registers another image.",
      validate: [manifestPath],
      requiresReplace: true,
    }),
    infrastructureTypes: required(set(string({ oneOf: infrastructureTypes })), {
      description: `The kinds of virtual infrastructure to deploy the image on, at least one: ${describeTypes(infrastructureTypes)}. Changing them registers the image again.`,
      validate: [atLeastOne],
      requiresReplace: true,
    }),
    verify: optional(bool(), {
      description:
        "Whether to have the image's authenticity verified, which takes some time. Switching it on later verifies the image then; switching it off does nothing.",
      default: true,
    }),
    timeouts: timeouts({ create: "30m", update: "30m" }),
    id: computed(string(), { description: "The id that the Integration Server gave the image.", ...stable }),
    svmVersion: computed(string(), { description: "The version of SVMs that are made from the image.", ...stable }),
    size: computed(string(), { description: "The image's size, as the Integration Server tells it.", ...stable }),
    productName: computed(string(), { description: "The product's name.", ...stable }),
    vendor: computed(string(), { description: "The product's vendor.", ...stable }),
    publisher: computed(string(), { description: "The image's publisher.", ...stable }),
    description: computed(string(), { description: "What the image's description says about it.", ...stable }),
    verified: computed(bool(), {
      description:
        "Whether the Integration Server has found the image to be authentic, at the request of this resource.",
      ...stable,
    }),
  },
});

type Attributes = (typeof svmImageSchema)["attributes"];
type ImageState = State<Attributes>;

export const svmImage = resource<IntegrationServer>()({
  schema: svmImageSchema,

  async create(request) {
    const { plan, save, log } = request;
    const registered = stateOf(plan, await register(plan, request));
    log.info("Registered the SVM image", { manifest: plan.manifestPath, image: registered.id });
    save(registered);
    return plan.verify ? verified(registered, request) : registered;
  },

  /** The API cannot read an image back. */
  read: async ({ state }) => state,

  async update(request) {
    const { plan, state } = request;
    const next = { ...state, verify: plan.verify, timeouts: plan.timeouts };
    return plan.verify && state.verified !== true ? verified(next, request) : next;
  },

  async delete({ state, warn }) {
    warn({
      summary: `The SVM image ${state.id} stays registered on the Integration Server`,
      detail: `The API documents no removal of images, so the image ${state.id} (${state.manifestPath}) stays on the Integration Server; Terraform forgets it.`,
    });
  },

  async plan({ state, planned }): Promise<PlanChanges<Attributes> | undefined> {
    if (state === null || planned === null) return undefined;
    const verifies = planned.verify !== false && state.verified !== true;
    return verifies ? { planned: { verified: UNKNOWN } } : undefined;
  },

  async importState({ id }) {
    throw new DiagnosticError(
      `Unable to import the SVM image ${id}`,
      "The API documents no way to read an image back, so nothing could be compared with the configuration. Let Terraform create the resource: it registers the image anew. To go on using an image that is registered, set its id as image_id of the SVMs.",
    );
  },
});

async function register({ manifestPath, infrastructureTypes }: Plan<Attributes>, context: Context<IntegrationServer>) {
  try {
    const image = { manifestPath, infrastructureTypes };
    return await context.client.images.register(image, { signal: context.signal });
  } catch (error) {
    throw explained(`register the SVM image ${manifestPath}`, error, adviceOnLostAnswer(error));
  }
}

function adviceOnLostAnswer(error: unknown): string | undefined {
  if (!mayHaveTakenEffect(error)) return undefined;
  return "The image may have been registered all the same, under an id that is not known. Apply again to register it anew: an image that is registered twice does no harm.";
}

/** SVM management, "Verifying the authenticity of the SVM image". */
async function verified(image: ImageState, { client, log, signal }: Context<IntegrationServer>): Promise<ImageState> {
  const { id, manifestPath } = image;
  if (id === null) throw new DiagnosticError("The SVM image has no id in the state", "Replace it, which registers it.");
  const fields = { manifest: manifestPath, image: id };
  try {
    await client.images.verify(id, {
      signal,
      onTask: (task) => log.info("Verifying the SVM image", { ...fields, task }),
      onProgress: ({ state, progress }: Task) => log.info("Verifying the SVM image", { ...fields, state, progress }),
    });
  } catch (error) {
    throw explained(
      `verify the SVM image ${manifestPath}`,
      error,
      `The image is registered with the id ${id}, but not verified. Make sure that the image file beside the description on the Integration Server is complete and the vendor's own, then apply again. With verify = false, it is used unverified.`,
    );
  }
  log.info("Verified the SVM image", fields);
  return { ...image, verified: true };
}

function stateOf(
  { manifestPath, infrastructureTypes, verify, timeouts }: Plan<Attributes>,
  image: SvmImage,
): ImageState {
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
