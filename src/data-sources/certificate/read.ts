/** `data.ksvla_certificate`: what a server presents, without trusting it. */
import type { Client } from "../../resources/shared/client";
import { endpointId, endpointOf, presentedAt } from "../../resources/shared/endpoint";
import { dataSource } from "../../terraform";
import { certificateDataSchema } from "./schema";

export const certificateData = dataSource<Client>()({
  schema: certificateDataSchema,

  async read({ client: { server }, config, signal }) {
    const endpoint = endpointOf(config.protocol ?? "https", config.address);
    const { thumbprint, data, accepted, validationWarnings, validationErrors } = await presentedAt(
      endpoint,
      server,
      signal,
    );
    return {
      address: config.address,
      protocol: endpoint.protocol,
      id: endpointId(endpoint),
      thumbprint,
      data,
      accepted,
      validationWarnings,
      validationErrors,
    };
  },
});
