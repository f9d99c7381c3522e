/** SVM images on the Integration Server (SVM management, "Registering an SVM image on the Integration Server"). */
import { type Caller, type CallOptions, type ChangeOptions, path, type WaitOptions } from "../http/call";
import type { JsonReader } from "../http/json-reader";
import { againWhenUnknown } from "../http/retries";
import type { InfrastructureType } from "../infrastructures/kinds";
import { documentedType, withEitherSpelling } from "../infrastructures/type-spelling";
import type { OpenUnion } from "../open-union";
import { parseTaskId } from "../tasks/answer";
import type { Task } from "../tasks/task";
import type { Tasks } from "../tasks/tasks";

export interface NewSvmImage {
  /** The absolute path of the image's description (XML) on the Integration Server's own disk. */
  readonly manifestPath: string;
  /** What SVMs shall be deployed on. */
  readonly infrastructureTypes: readonly InfrastructureType[];
}

/** A registered image. The texts are in English where the image has them, else in its first language. */
export interface SvmImage {
  readonly id: string;
  readonly infrastructureTypes: readonly OpenUnion<InfrastructureType>[];
  readonly svmVersion: string | undefined;
  /** As the server tells it; the documents name no unit. */
  readonly size: string | undefined;
  readonly productName: string | undefined;
  readonly vendor: string | undefined;
  readonly publisher: string | undefined;
  readonly description: string | undefined;
}

export interface VerifyImageOptions extends WaitOptions<Task>, ChangeOptions {
  /** Told as soon as the server has made a task of the request. */
  readonly onTask?: ((taskId: string) => void) | undefined;
}

const IMAGES = "management/deployment/svm/images";

export class Images {
  constructor(
    private readonly api: Caller,
    private readonly tasks: Tasks,
  ) {}

  /**
   * Makes an image known to the server. The documents know no way to read it back or to undo it; known twice, it does no
   * harm.
   */
  async register({ manifestPath, infrastructureTypes }: NewSvmImage, { signal }: CallOptions = {}): Promise<SvmImage> {
    return withEitherSpelling(infrastructureTypes, "images", (spelled) => {
      const hypervisors = infrastructureTypes.map((type) => ({ type: spelled(type) }));
      const body = { manifestUrl: manifestPath, hypervisors };
      const call = { method: "POST", path: `${IMAGES}/register/manifest`, body, parse: parseImage, signal } as const;
      return againWhenUnknown(() => this.api.call(call), signal);
    });
  }

  /**
   * Lets the server verify that an image is authentic, and waits until it has.
   *
   * @throws TaskFailedError when it is not
   */
  async verify(id: string, { onTask, onProgress, onBusy, signal }: VerifyImageOptions = {}): Promise<void> {
    const change = { method: "PUT", path: `${IMAGES}/${path`${id}/validate`}`, parse: parseTaskId } as const;
    const call = { ...change, onBusy, signal };
    const taskId = await againWhenUnknown(() => this.api.call(call), signal);
    onTask?.(taskId);
    await this.tasks.wait(taskId, { onProgress, signal });
  }
}

function parseImage(answer: JsonReader): SvmImage {
  const manifest = answer.object().field("manifest");
  const about = vendorInfo(manifest);
  return {
    id: answer.field("id").text(),
    infrastructureTypes: answer
      .field("hypervisors")
      .optionalList()
      .flatMap((hypervisor) => hypervisor.field("type").optionalText() ?? [])
      .map(documentedType),
    svmVersion: manifest.field("svmVersion").shown(),
    size: manifest.field("size").shown(),
    productName: about?.field("productName").shown(),
    vendor: about?.field("vendor").shown(),
    publisher: about?.field("publisher").shown(),
    description: about?.field("description").shown(),
  };
}

function vendorInfo(manifest: JsonReader): JsonReader | undefined {
  const languages = manifest.field("vendorInfo").fields();
  const [, info] = languages.find(([language]) => language === "en") ?? languages[0] ?? [];
  return info;
}
