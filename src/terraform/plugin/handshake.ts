/** The first words between Terraform and a plugin: environment variables one way, one line on stdout the other. */
/** Says that the program was started by a Terraform that looks for a provider. Not a secret. */
const MAGIC_COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
/** The version of go-plugin's own protocol. */
const CORE_PROTOCOL_VERSION = 1;
export const PROVIDER_PROTOCOL_VERSION = 6;

export interface ClientHello {
  /** The only certificate that a client may present, in PEM. */
  readonly certificate: string;
  /** The provider protocols that the client speaks. */
  readonly protocolVersions: readonly number[];
  readonly minPort: number;
  readonly maxPort: number;
  /** Where the client wants sockets to be; undefined where it does not mind. */
  readonly socketDirectory: string | undefined;
  /** Whether the client knows a line with a seventh field, about multiplexing connections. */
  readonly knowsMultiplexing: boolean;
}

/** Whether a Terraform started this program, and not a person. */
export function isStartedByTerraform(env: NodeJS.ProcessEnv): boolean {
  return env["TF_PLUGIN_MAGIC_COOKIE"] === MAGIC_COOKIE;
}

/** @throws when the client has no certificate to show */
export function readClientHello(env: NodeJS.ProcessEnv): ClientHello {
  const certificate = env["PLUGIN_CLIENT_CERT"] ?? "";
  if (certificate === "") {
    const why = env["TF_DISABLE_PLUGIN_TLS"]
      ? "TF_DISABLE_PLUGIN_TLS is set, which makes Terraform show none: unset it"
      : "start it with Terraform or OpenTofu";
    throw new Error(
      `the client shows no certificate (PLUGIN_CLIENT_CERT), and this plugin speaks mutual TLS only. ${why}`,
    );
  }
  const versions = (env["PLUGIN_PROTOCOL_VERSIONS"] ?? "").split(",").map(Number);
  return {
    certificate,
    protocolVersions: versions.filter((version) => Number.isInteger(version) && version > 0),
    minPort: Number(env["PLUGIN_MIN_PORT"] ?? 0),
    maxPort: Number(env["PLUGIN_MAX_PORT"] ?? 0),
    socketDirectory: env["PLUGIN_UNIX_SOCKET_DIR"] || undefined,
    knowsMultiplexing: (env["PLUGIN_MULTIPLEX_GRPC"] ?? "") !== "",
  };
}

/**
 * What to tell a client that does not speak the provider's protocol. It gets the handshake all the same: the line
 * says version 6, and Terraform then names both versions to the user, whereas a plugin that ends without a line
 * makes it guess at a wrong architecture.
 */
export function protocolMismatch({ protocolVersions }: ClientHello): string | undefined {
  if (protocolVersions.length === 0 || protocolVersions.includes(PROVIDER_PROTOCOL_VERSION)) return undefined;
  return (
    `This provider speaks version ${PROVIDER_PROTOCOL_VERSION} of Terraform's plugin protocol, and the client only ` +
    `version ${protocolVersions.join(" and ")}. Use Terraform 1.0 or later, or OpenTofu.`
  );
}

export interface ListenAddress {
  readonly network: "unix" | "tcp";
  /** A path, or host and port. */
  readonly address: string;
}

/** The one line that a plugin writes to stdout. */
export function handshakeLine(listening: ListenAddress, certificateDer: Buffer, client: ClientHello): string {
  const fields = [
    CORE_PROTOCOL_VERSION,
    PROVIDER_PROTOCOL_VERSION,
    listening.network,
    listening.address,
    "grpc",
    certificateDer.toString("base64").replace(/={1,2}$/, ""),
    // A client that does not know the field would take it for a part of the certificate.
    ...(client.knowsMultiplexing ? [false] : []),
  ];
  return `${fields.join("|")}\n`;
}
