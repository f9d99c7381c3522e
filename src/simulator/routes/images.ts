import { win32 } from "node:path";
import type { Habits } from "../habits";
import { pathParameter, type Route } from "../http/api";
import { ApiError, badRequest, notFound } from "../http/api-error";
import { parseQuery } from "../http/query";
import { type Check, listOf, object, text } from "../http/shape";
import type { Json } from "../json";
import type { TaskPlan } from "../tasks/task";
import type { ImageFile, RegisteredImage } from "../world/images";
import { infrastructureType, spellType } from "./spelling";
import { taskBody } from "./tasks";

/** A path on the Integration Server, which runs on Linux or on Windows. */
const manifestPath: Check<string> = (value, path) => {
  const manifest = text(value, path);
  // To Windows, a path that starts with a slash is absolute, too.
  if (!win32.isAbsolute(manifest) || !/\.xml$/i.test(manifest)) {
    throw badRequest(
      `${path} must be the absolute path of an *.xml file on the Integration Server, got: "${manifest}".`,
    );
  }
  return manifest;
};

const registration = (habits: Habits) =>
  object({ manifestUrl: manifestPath, hypervisors: listOf(object({ type: infrastructureType(habits, "images") })) });

function imageBody({ id, file, types }: RegisteredImage, habits: Habits): Json {
  const vendor = { en: "AO Kaspersky Lab", ru: 'AO "Kaspersky"' };
  const info = (language: "en" | "ru") => ({
    productName: file.productName,
    vendor: vendor[language],
    description: file.description[language],
    publisher: vendor[language],
  });
  return {
    id,
    manifest: {
      svmVersion: file.svmVersion,
      size: String(file.size),
      vendorInfo: { en: info("en"), ru: info("ru") },
    },
    hypervisors: types.map((type) => ({ type: spellType(habits, "images", type) })),
  };
}

function verification(file: ImageFile): TaskPlan {
  return {
    type: "ValidateSvmImage",
    milliseconds: 4000,
    finish: () => {
      if (file.tampered) {
        throw new Error(`The signature of the image of ${file.manifestPath} does not match its content.`);
      }
      return true;
    },
  };
}

/** "Registering an SVM image on the Integration Server". */
export const imageRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/api/3.0/management/deployment/svm/images/register/manifest",
    hasBody: true,
    handle: (request, { world }) => {
      parseQuery(request.query, []);
      const { manifestUrl, hypervisors } = registration(world.habits)(request.body, "body");
      const file = world.imageFiles.get(manifestUrl);
      if (file === undefined) {
        throw new ApiError(404, "FileNotFound", `There is no file ${manifestUrl} on the Integration Server.`);
      }
      const id = world.identifiers.uuid(`image ${world.nextNumber("image")}`);
      const image: RegisteredImage = { id, file, types: [...new Set(hypervisors.map(({ type }) => type))] };
      world.images.set(id, image);
      return { status: 200, body: imageBody(image, world.habits) };
    },
  },
  {
    method: "PUT",
    path: "/api/3.0/management/deployment/svm/images/:imageId/validate",
    handle: (request, { world }) => {
      parseQuery(request.query, []);
      const id = pathParameter(request, "imageId");
      const image = world.images.get(id);
      if (image === undefined) {
        throw notFound(`There is no image ${id}.`);
      }
      return { status: 200, body: taskBody(world.tasks.start(verification(image.file)), world) };
    },
  },
];
