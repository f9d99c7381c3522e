/** What the provider consists of: its configuration, its resources and its data sources. */
import { certificateData } from "./data-sources/certificate/read";
import { host } from "./data-sources/host/read";
import { infrastructureData } from "./data-sources/infrastructure/read";
import { infrastructureObjects } from "./data-sources/infrastructure-objects/read";
import { openstackConnectionTest } from "./data-sources/openstack-connection-test/read";
import { openstackProject } from "./data-sources/openstack-project/read";
import { reserveServers } from "./data-sources/reserve-servers/read";
import { ephemeralConnectionTest } from "./ephemeral-resources/openstack-connection-test/open";
import { formatAddress } from "./integration-server/address";
import { openJournal } from "./provider-journal";
import { openNotes } from "./provider-notes";
import { providerSchema } from "./provider-schema";
import { clientOptions, configuredJournalDirectory } from "./provider-settings";
import { infrastructure } from "./resources/infrastructure";
import { reserveServer } from "./resources/reserve-server";
import { serverRole } from "./resources/server-role";
import { attempt } from "./resources/shared/errors";
import { svm } from "./resources/svm";
import { svmList } from "./resources/svm/list";
import { svmImage } from "./resources/svm-image";
import { trustedCertificate } from "./resources/trusted-certificate";
import { provider } from "./terraform";
import { VERSION } from "./version";

export const ksvla = provider({
  name: "ksvla",
  version: VERSION,
  schema: providerSchema,

  /** Signs in at once, so that a wrong password is one error from one attempt, whatever is read or made then. */
  async configure({ config, log, signal, warn }) {
    const options = await clientOptions(config, process.env);
    const configured = configuredJournalDirectory(config, process.env);
    if (options.insecure === true && options.thumbprint === undefined) {
      warn({
        summary: "The Integration Server's certificate is not verified",
        detail: `insecure is true, so whoever answers at ${options.address} gets the administrator's password. Set thumbprint or ca_certificate (caCertificate in CDKTF) instead.`,
        path: ["insecure"],
      });
    }
    const ignored = process.env["IGNORED_NODE_DEBUG"];
    if (ignored !== undefined) {
      warn({
        summary: "NODE_DEBUG is ignored",
        detail: `The environment has NODE_DEBUG (or NODE_DEBUG_NATIVE) = ${JSON.stringify(ignored)}. With it, Node.js would write requests with their passwords and tokens to the log, so the provider runs without it. TF_LOG_PROVIDER=TRACE shows every request, and nothing secret.`,
      });
    }
    // Known before anything can fail that would show it.
    options.password.reveal(log.secrets);
    const { IntegrationServer } = await import("./integration-server");
    return attempt(`sign in to the Integration Server at ${options.address}`, async () => {
      const server = new IntegrationServer({ ...options, log });
      await server.signIn({ signal });
      const { clock } = server.pace;
      const where = { configured, environment: process.env, server: formatAddress(server.address) };
      const circumstances = { ...where, now: () => clock.wall(), log };
      const journal = openJournal({ ...circumstances, warn });
      return { server, journal, notes: openNotes(circumstances) };
    });
  },

  resources: {
    ksvla_infrastructure: infrastructure,
    ksvla_reserve_server: reserveServer,
    ksvla_server_role: serverRole,
    ksvla_svm: svm,
    ksvla_svm_image: svmImage,
    ksvla_trusted_certificate: trustedCertificate,
  },
  dataSources: {
    ksvla_certificate: certificateData,
    ksvla_host: host,
    ksvla_infrastructure: infrastructureData,
    ksvla_infrastructure_objects: infrastructureObjects,
    ksvla_openstack_connection_test: openstackConnectionTest,
    ksvla_openstack_project: openstackProject,
    ksvla_reserve_servers: reserveServers,
  },
  ephemeralResources: {
    ksvla_openstack_connection_test: ephemeralConnectionTest,
  },
  listResources: {
    ksvla_svm: svmList,
  },
});
