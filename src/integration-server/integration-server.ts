/** An Integration Server, as everything else in this project sees it. */
import { type Address, formatAddress, parseServerAddress } from "./address";
import { Api } from "./api";
import type { BatchTiming } from "./batcher";
import { Certificates } from "./certificates";
import { InvalidArgumentError } from "./errors";
import { HttpClient } from "./http-client";
import { Images } from "./images";
import { Infrastructures } from "./infrastructures";
import { silent } from "./logger";
import type { CallOptions, IntegrationServerOptions } from "./options";
import { ReserveServers } from "./reserve-servers";
import { ServerRole } from "./server-role";
import { Session } from "./session";
import { SvmLists } from "./svm-lists";
import { Svms } from "./svms";
import { Tasks } from "./tasks";
import { tlsPolicy } from "./tls-policy";

const REQUEST_TIMEOUT = 30_000;
const POLL_INTERVAL = 5_000;
const SVM_CONCURRENCY = 10;
const BATCH_TIMING: BatchTiming = { quiet: 300, longest: 3_000, patience: 5_000 };

export class IntegrationServer {
  readonly address: Address;
  readonly certificates: Certificates;
  readonly infrastructures: Infrastructures;
  readonly images: Images;
  readonly svms: Svms;
  readonly tasks: Tasks;
  readonly role: ServerRole;
  readonly reserveServers: ReserveServers;
  /** How many SVMs of one request the server works on at a time. */
  readonly svmConcurrency: number;
  /** The longest pause between two looks at something in progress, in milliseconds. */
  readonly pollInterval: number;
  readonly #session: Session;

  /**
   * Says nothing to the server yet: that begins with the first call.
   *
   * @throws InvalidArgumentError
   */
  constructor(options: IntegrationServerOptions) {
    const { username = "admin", password, requestTimeout = REQUEST_TIMEOUT, log = silent } = options;
    const pollInterval = options.pollInterval ?? POLL_INTERVAL;
    this.pollInterval = pollInterval;
    this.address = readAddress(options.address);
    this.svmConcurrency = options.svmConcurrency ?? SVM_CONCURRENCY;
    // Basic authentication ends the username at the first colon.
    if (username.includes(":")) throw new InvalidArgumentError("username", "must not hold a colon");
    const tls = tlsPolicy(options);
    if (tls.kind === "insecure") {
      log.warn("The server's certificate is not verified", { server: formatAddress(this.address) });
    }
    const http = new HttpClient({ address: this.address, tls, requestTimeout, log });
    this.#session = new Session(http, { username, password });
    const api = new Api(http, this.#session);
    this.certificates = new Certificates(api);
    this.infrastructures = new Infrastructures(api, pollInterval);
    this.tasks = new Tasks(api, pollInterval);
    this.images = new Images(api, this.tasks);
    this.svms = new Svms({
      api,
      tasks: this.tasks,
      lists: new SvmLists(this.infrastructures),
      concurrency: this.svmConcurrency,
      timing: options.batchTiming ?? BATCH_TIMING,
    });
    this.role = new ServerRole(api);
    this.reserveServers = new ReserveServers(api, pollInterval);
  }

  /** Makes sure that the server is there, is the right one and accepts the credentials. Every call does so by itself. */
  async signIn({ signal }: CallOptions = {}): Promise<void> {
    await this.#session.token(signal);
  }
}

function readAddress(text: string): Address {
  const address = parseServerAddress(text);
  if (address) return address;
  throw new InvalidArgumentError("address", `must be "host", "host:port" or "https://host:port", got: "${text}"`);
}
