/** `ksvla_trusted_certificate`: a certificate or SSH key that the Integration Server trusts. */
import { resource } from "../../terraform";
import type { Client } from "../shared/client";
import { create } from "./create";
import { remove } from "./delete";
import { importState } from "./import";
import { plan } from "./plan";
import { read } from "./read";
import { trustedCertificateSchema } from "./schema";

export const trustedCertificate = resource<Client>()({
  schema: trustedCertificateSchema,
  create,
  read,
  delete: remove,
  plan,
  importState,
});
