import type { InfrastructureType } from "./platforms";

/** An SVM image on the disk of the Integration Server, beside the manifest that describes it. */
export interface ImageFile {
  /** The manifest's absolute path, ending in `.xml`. */
  readonly manifestPath: string;
  svmVersion: string;
  /** Bytes. */
  size: number;
  productName: string;
  readonly description: { readonly en: string; readonly ru: string };
  /** Whether it is no longer what its publisher signed: its verification fails. */
  tampered: boolean;
}

/** An image that was registered ("SVM image registration request"). */
export interface RegisteredImage {
  readonly id: string;
  readonly file: ImageFile;
  /** The infrastructures it can be deployed on. */
  readonly types: readonly InfrastructureType[];
}

const gibibyte = 1024 ** 3;

/** The images a simulator starts with. */
export const defaultImageFiles: readonly Readonly<ImageFile>[] = [
  imageFile("/opt/svm/svm-6.2.xml", "6.2.0.1000", 2.1 * gibibyte),
  imageFile("/opt/svm/svm-6.2.1.xml", "6.2.1.1207", 2.2 * gibibyte),
  imageFile("/opt/svm/svm-5.2.xml", "5.2.0.713", 1.8 * gibibyte),
  { ...imageFile("/opt/svm/svm-6.2-tampered.xml", "6.2.0.1000", 2.1 * gibibyte), tampered: true },
  imageFile("C:\\SVM\\svm-6.2.xml", "6.2.0.1000", 2.1 * gibibyte),
];

function imageFile(manifestPath: string, svmVersion: string, size: number): ImageFile {
  return {
    manifestPath,
    svmVersion,
    size: Math.round(size),
    productName: `Simulated SVM ${svmVersion}`,
    description: { en: `A simulated SVM, version ${svmVersion}.`, ru: `Имитация SVM версии ${svmVersion}.` },
    tampered: false,
  };
}
