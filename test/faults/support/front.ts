/** What stands between a client and a simulator, and lets nobody new through while the server is down. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

export class Front {
  readonly #sockets = new Set<Socket>();
  #server: Server;
  #isStopped = false;

  private constructor(
    private readonly port: number,
    /** Where everybody is sent on to. */
    private readonly target: { readonly host: string; readonly port: number },
    server: Server,
  ) {
    this.#server = server;
  }

  static async before(address: string): Promise<Front> {
    const [host = "", port = ""] = address.split(":");
    const free = createServer();
    free.listen(0, "127.0.0.1");
    await once(free, "listening");
    const { port: own } = free.address() as AddressInfo;
    free.close();
    await once(free, "close");
    const front = new Front(own, { host, port: Number(port) }, createServer());
    await front.open();
    return front;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Takes connections, also again. */
  async open(): Promise<void> {
    if (this.#isStopped || this.#server.listening) return;
    this.#server = createServer((socket) => this.#forward(socket));
    this.#server.listen(this.port, "127.0.0.1");
    await once(this.#server, "listening");
  }

  /** From now on, connections are refused; those there are stay. */
  close(): void {
    this.#server.close();
  }

  /** Ends everything, for good. */
  stop(): void {
    this.#isStopped = true;
    this.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #forward(incoming: Socket): void {
    const outgoing = connect(this.target);
    for (const [one, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      this.#sockets.add(one);
      one.setNoDelay(true);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
  }
}
