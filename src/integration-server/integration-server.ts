/** An Integration Server, as everything else in this project sees it. */
import { type Address, formatAddress, parseServerAddress } from "./address";
import { Certificates } from "./certificates/certificates";
import { ReserveServers } from "./cluster/reserve-servers";
import { ServerRole } from "./cluster/server-role";
import { Api } from "./http/api";
import type { CallOptions } from "./http/call";
import { HttpClient } from "./http/client";
import { InvalidArgumentError } from "./http/errors";
import type { Logger } from "./http/logger";
import type { Secret } from "./http/secret";
import { Session } from "./http/session";
import { type TlsOptions, tlsPolicy } from "./http/tls-policy";
import { Infrastructures } from "./infrastructures/infrastructures";
import { Inventories } from "./infrastructures/inventory";
import { Names } from "./infrastructures/names";
import { Observations } from "./infrastructures/observation";
import { Peculiarities } from "./peculiarities";
import { Images } from "./svms/images";
import { Judge } from "./svms/judge";
import { SvmLists } from "./svms/lists";
import { Svms } from "./svms/svms";
import { Tasks } from "./tasks/tasks";
import type { BatchTiming } from "./waiting/batcher";
import { type Clock, systemClock } from "./waiting/clock";
import type { Pace } from "./waiting/poll";

const REQUEST_TIMEOUT = 30_000;
const POLL_INTERVAL = 5_000;
const SVM_CONCURRENCY = 10;
const BATCH_TIMING: BatchTiming = { quiet: 300, longest: 3_000, grace: 5_000 };

const USERNAME_ADVICE = "Set username of the provider, or KSVLA_USERNAME, to an account's name.";
const ADDRESS_ADVICE = 'Set address of the provider, or KSVLA_ADDRESS, to one such as "viis.example.com".';

/** How to reach an Integration Server and how patient to be with it. */
export interface IntegrationServerOptions extends TlsOptions {
  /** `"host"`, `"host:port"` or `"https://host:port"`; IPv6 in brackets when a port follows. @default port 7271 */
  readonly address: string;
  /** @default "admin" */
  readonly username?: string | undefined;
  readonly password: Secret;
  /** Milliseconds that one HTTP request may take, connecting included. @default 30000 */
  readonly requestTimeout?: number | undefined;
  /** The longest pause between two looks at something in progress, in milliseconds. @default 5000 */
  readonly pollInterval?: number | undefined;
  /** How many SVMs the server deploys or reconfigures at a time, over all requests. @default 10 */
  readonly svmConcurrency?: number | undefined;
  /** @default 300 ms after the last operation, 3 s after the first; 5 s for an answer that nobody wants any more */
  readonly batchTiming?: BatchTiming | undefined;
  /** What sessions, pauses and limits go by. @default the system's */
  readonly clock?: Clock | undefined;
  /** What logs, and keeps every secret that comes or goes out of messages. */
  readonly log: Logger;
}

export class IntegrationServer {
  readonly address: Address;
  readonly certificates: Certificates;
  readonly infrastructures: Infrastructures;
  /** What infrastructures and the places in them are called. */
  readonly names = new Names();
  /** What there is in infrastructures, read once for everyone who looks something up. */
  readonly inventories: Inventories;
  readonly images: Images;
  readonly svms: Svms;
  /** Who knows which SVMs there are. */
  readonly judge: Judge;
  readonly tasks: Tasks;
  readonly role: ServerRole;
  readonly reserveServers: ReserveServers;
  readonly peculiarities: Peculiarities;
  /** How many SVMs the server deploys or reconfigures at a time. */
  readonly svmConcurrency: number;
  /** How often to look at something in progress, and by which clock. */
  readonly pace: Pace;
  readonly #session: Session;

  /**
   * Says nothing to the server yet: that begins with the first call.
   *
   * @throws InvalidArgumentError
   */
  constructor(options: IntegrationServerOptions) {
    const { username = "admin", password, requestTimeout = REQUEST_TIMEOUT, log } = options;
    const { clock = systemClock, pollInterval: interval = POLL_INTERVAL } = options;
    this.pace = { clock, interval };
    this.address = readAddress(options.address);
    this.svmConcurrency = options.svmConcurrency ?? SVM_CONCURRENCY;
    // Basic authentication ends the username at the first colon.
    if (username.includes(":")) throw new InvalidArgumentError("username", "must not hold a colon", USERNAME_ADVICE);
    const tls = tlsPolicy(options);
    if (tls.kind === "insecure") {
      log.warn("The server's certificate is not verified", { server: formatAddress(this.address) });
    }
    const http = new HttpClient({ address: this.address, tls, requestTimeout, clock, log });
    this.#session = new Session(http, { username, password }, clock, log.secrets);
    const api = new Api(http, this.#session, clock);
    this.certificates = new Certificates(api);
    const observations = new Observations(clock);
    this.infrastructures = new Infrastructures(api, this.pace, observations, this.names, log);
    this.tasks = new Tasks(api, this.pace);
    this.images = new Images(api, this.tasks);
    const lists = new SvmLists(this.infrastructures, clock);
    const { infrastructures, names, tasks, pace } = this;
    const isAtWork = (id: string) => lists.of(id).isAtWork;
    this.inventories = new Inventories({ infrastructures, observations, isAtWork, pace });
    this.judge = new Judge({ infrastructures, names, observations, lists, tasks, pace });
    this.svms = new Svms({
      api,
      tasks,
      lists,
      judge: this.judge,
      names,
      observations,
      concurrency: this.svmConcurrency,
      clock,
      timing: options.batchTiming ?? BATCH_TIMING,
    });
    this.role = new ServerRole(api);
    this.reserveServers = new ReserveServers(api, this.pace, log);
    this.peculiarities = new Peculiarities(api);
  }

  /** Makes sure that the server is there, is the right one and accepts the credentials. Every call does so by itself. */
  async signIn({ signal }: CallOptions = {}): Promise<void> {
    await this.#session.token(signal);
  }
}

function readAddress(text: string): Address {
  const address = parseServerAddress(text);
  if (address) return address;
  throw new InvalidArgumentError("address", `must be "host", "host:port" or "https://host:port"`, ADDRESS_ADVICE);
}
