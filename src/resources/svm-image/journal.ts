/** An image in the journal: what it is known by, and what the server says of it once and never again. */
import type { SvmImage } from "../../integration-server";
import { type Entry, type Fingerprint, fingerprintOf, type Making } from "../../journal";
import type { SvmImagePlan } from "./schema";

export function makingOf({
  manifestPath,
  infrastructureTypes,
}: Pick<SvmImagePlan, "manifestPath" | "infrastructureTypes">): Making {
  const types = [...infrastructureTypes].sort().join(" ");
  return { kind: "image", place: { manifest: manifestPath.normalize("NFC"), types } };
}

/** An image is registered with nothing but what it is known by. */
export const FINGERPRINT: Fingerprint = fingerprintOf({ identity: {}, settings: {} });

const FACTS = ["svmVersion", "size", "productName", "vendor", "publisher", "description"] as const;

/** What cannot be read back. */
export function factsOf(image: SvmImage): NonNullable<Entry["facts"]> {
  return Object.fromEntries(FACTS.map((name) => [name, image[name] ?? null]));
}

/** The image as it was when it was registered; undefined where nobody has answered. */
export function imageOf({ id, facts = {} }: Entry, { infrastructureTypes }: SvmImagePlan): SvmImage | undefined {
  if (id === undefined) return undefined;
  const fact = (name: (typeof FACTS)[number]) => facts[name] ?? undefined;
  return {
    id,
    infrastructureTypes,
    svmVersion: fact("svmVersion"),
    size: fact("size"),
    productName: fact("productName"),
    vendor: fact("vendor"),
    publisher: fact("publisher"),
    description: fact("description"),
  };
}
