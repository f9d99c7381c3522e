/** An Integration Server with one infrastructure of many hypervisors, by a clock of its own, that counts what it is asked. */
import type { IntegrationServer } from "../../../src/integration-server";
import { FakeClock } from "../../support/fake-clock";
import { FakeServer } from "../fake-server";

export interface InventoryServerOptions {
  /** @default as many as a test with few needs */
  readonly hosts?: number;
  /** Names that the server sees only from some time on, by the clock. */
  readonly later?: Readonly<Record<string, number>>;
  /** Lists are empty until then. @default never */
  readonly emptyUntil?: number;
  /** How long it takes to connect after a refresh, or from the beginning with `connects`. @default 3 s */
  readonly connecting?: number;
  /** The connection is being made at the beginning. @default it was long ago */
  readonly connects?: true;
  /** The connection is down until then. @default it never is */
  readonly downUntil?: number;
}

const ROOT = "/api/3.0/infrastructures/i-1";
const LONG_AGO = -1_000_000;

export class InventoryServer {
  /** `connection`, `refresh`, `brief`, `detailed`, `one` and `svms`, in their order. */
  readonly asked: string[] = [];
  readonly clock = FakeClock.skipping();
  #connectsAt: number;

  private constructor(
    readonly fake: FakeServer,
    readonly options: InventoryServerOptions,
  ) {
    this.#connectsAt = options.connects ? 0 : LONG_AGO;
    this.#on(`GET ${ROOT}`, "connection", () => this.#connection());
    this.#on(`POST ${ROOT}/refresh`, "refresh", () => {
      this.#connectsAt = this.clock.now();
      return {};
    });
    const list = `GET ${ROOT}/objects?objectTypes`;
    this.#on(`${list}=Host&outputType=GeneralInfo`, "brief", () => ({ locations: this.#hosts().map(brief) }));
    this.#on(`${list}=Host&outputType=DetailedInfo`, "detailed", () => ({ locations: this.#hosts().map(full) }));
    this.#on(`${list}=SVM&outputType=DetailedInfo`, "svms", () => ({ vms: [] }));
    this.#on(`${list}=VM&outputType=GeneralInfo`, "machines", () => ({ vms: [] }));
    for (const name of this.#names()) {
      this.#on(`GET ${ROOT}/objects/${idOf(name)}`, "one", () => full(name));
    }
  }

  static async start(options: InventoryServerOptions = {}): Promise<InventoryServer> {
    return new InventoryServer(await FakeServer.start(), options);
  }

  client(): IntegrationServer {
    return this.fake.client({ clock: this.clock });
  }

  times(question: string): number {
    return this.asked.filter((each) => each === question).length;
  }

  #on(call: string, question: string, answer: () => object): void {
    this.fake.on(call, () => {
      this.asked.push(question);
      return { body: answer() };
    });
  }

  get #connectedAt(): number {
    return this.#connectsAt + (this.options.connecting ?? 3_000);
  }

  #connection(): object {
    const now = this.clock.now();
    const status = now < this.#connectedAt ? "CONNECTING" : "CONNECTED";
    const isDown = now < (this.options.downUntil ?? LONG_AGO);
    const admin = isDown
      ? { status: "DISCONNECTED", connectionError: "NETWORK_ERROR" }
      : { status, connectionError: "NO_ERROR" };
    return { infrastructureId: "i-1", type: "VMWARE", address: "vc", connectionInfo: { admin } };
  }

  #names(): string[] {
    const { hosts = 20, later = {} } = this.options;
    return [...Array.from({ length: hosts }, (_, index) => `esx-${index}`), ...Object.keys(later)];
  }

  #hosts(): string[] {
    const { later = {}, emptyUntil = LONG_AGO } = this.options;
    const now = this.clock.now();
    return now < emptyUntil ? [] : this.#names().filter((name) => now >= (later[name] ?? LONG_AGO));
  }
}

export const idOf = (name: string): string => `h-${name}`;

const brief = (name: string) => ({ id: idOf(name), name, parentId: "i-1", state: "Started" });
const full = (name: string) => ({
  ...brief(name),
  resources: { networks: [{ id: `n-${name}`, name: "Servers" }], storages: [] },
});
