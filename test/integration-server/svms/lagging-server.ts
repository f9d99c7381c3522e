/** An Integration Server with one infrastructure, by a clock of its own: it looks at it now and then, and connects anew. */
import type { IntegrationServer } from "../../../src/integration-server";
import { FakeClock } from "../../support/fake-clock";
import { FakeServer } from "../fake-server";

export interface Machine {
  /** @default shown without one */
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly parentId: string;
  /** Milliseconds on the clock. @default was there before */
  readonly since?: number;
  /** @default stays */
  readonly until?: number;
}

export interface LaggingServerOptions {
  readonly machines?: readonly Machine[];
  /** @default 10 s, by what is not told */
  readonly updatePeriodSeconds?: number;
  /** How long a connection takes. @default 3 s */
  readonly connecting?: number;
  /** How long lists are empty once it is connected. @default 0 */
  readonly emptyFor?: number;
  /** From when on the connection is made for the first time. @default long ago */
  readonly connectsAt?: number;
  /** The first look after a refresh still shows the past. @default false */
  readonly notices?: "late";
  /** The connection ends with an error. */
  readonly isDown?: boolean;
  /** There is no such infrastructure. */
  readonly isMissing?: boolean;
}

const LONG_AGO = -1_000_000;

export class LaggingServer {
  /** What was asked, and when by the clock: `list 0`, `refresh 0`, `look 200`. */
  readonly asked: string[] = [];
  /** Pauses of any length pass at once; the limits of requests never come. */
  readonly clock = FakeClock.skipping(100_000_000);
  #connectsAt: number;
  #showsThePast = false;

  private constructor(
    readonly fake: FakeServer,
    readonly options: LaggingServerOptions,
  ) {
    this.#connectsAt = options.connectsAt ?? LONG_AGO;
    const root = "/api/3.0/infrastructures/i-1";
    const found = (answer: () => unknown) => () => (options.isMissing ? { status: 404 } : { body: answer() as object });
    fake.on(
      `GET ${root}`,
      this.#noting(
        "look",
        found(() => this.#connection()),
      ),
    );
    fake.on(
      `POST ${root}/refresh`,
      this.#noting(
        "refresh",
        found(() => this.#refresh()),
      ),
    );
    const list = `GET ${root}/objects?objectTypes=SVM`;
    fake.on(
      `${list}&outputType=DetailedInfo`,
      this.#noting(
        "list",
        found(() => ({ vms: this.#listed() })),
      ),
    );
    fake.on(
      `${list}&parentId=p-1`,
      this.#noting(
        "children",
        found(() => ({ vms: this.#listed().filter(inProject) })),
      ),
    );
  }

  static async start(options: LaggingServerOptions = {}): Promise<LaggingServer> {
    return new LaggingServer(await FakeServer.start(), options);
  }

  client(): IntegrationServer {
    const batchTiming = { quiet: 0, longest: 0, grace: 0 };
    return this.fake.client({ clock: this.clock, requestTimeout: 1_000_000_000, batchTiming });
  }

  times(question: string): number[] {
    return this.asked.flatMap((each) => (each.startsWith(`${question} `) ? [Number(each.split(" ")[1])] : []));
  }

  get #connectedAt(): number {
    return this.#connectsAt + (this.options.connecting ?? 3_000);
  }

  #noting<T>(question: string, answer: () => T): () => T {
    return () => {
      this.asked.push(`${question} ${Math.round(this.clock.now())}`);
      return answer();
    };
  }

  #refresh(): unknown {
    this.#connectsAt = this.clock.now();
    this.#showsThePast = this.options.notices === "late";
    return {};
  }

  #connection(): unknown {
    const { updatePeriodSeconds, isDown } = this.options;
    const isConnected = this.clock.now() >= this.#connectedAt || this.#showsThePast;
    this.#showsThePast = false;
    const admin = isDown
      ? { status: "DISCONNECTED", connectionError: "UNAUTHORIZED" }
      : { status: isConnected ? "CONNECTED" : "CONNECTING", connectionError: "NO_ERROR" };
    const connectionInfo = { admin, readOnly: { ...admin, updatePeriodSeconds } };
    return { infrastructureId: "i-1", type: "VMWARE", address: "vc", connectionInfo };
  }

  /** What the server saw when it last looked; while it connects, nothing. */
  #listed(): object[] {
    const period = (this.options.updatePeriodSeconds ?? 10) * 1_000;
    const age = this.clock.now() - this.#connectedAt;
    if (age < (this.options.emptyFor ?? 0)) return [];
    const look = this.#connectedAt + Math.floor(age / period) * period;
    const { machines = [] } = this.options;
    return machines
      .filter(({ since = LONG_AGO, until = Number.POSITIVE_INFINITY }) => since <= look && look < until)
      .map(({ since: _, until: __, ...vm }) => ({ ...vm, state: "Enabled", networkAdapters: [], isSvm: true }));
  }
}

/** Machines whose ids say so, since their parents may be hypervisors. */
function inProject(vm: object): boolean {
  return "id" in vm && String(vm.id).startsWith("p-1-");
}
