/** What an SVM image consists of, as Terraform sees it. */
import {
  bool,
  computed,
  optional,
  type Plan,
  required,
  type State,
  schema,
  set,
  string,
  timeouts,
} from "../../terraform/schema";
import { atLeastOne, manifestPath } from "../../validators";
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

export type SvmImageAttributes = (typeof svmImageSchema)["attributes"];
export type SvmImagePlan = Plan<SvmImageAttributes>;
export type SvmImageState = State<SvmImageAttributes>;
