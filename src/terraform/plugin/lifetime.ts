/** When and how a plugin process ends. */
import type { Server } from "node:net";
import type { Logger } from "../logger";
import { onParentEnd } from "./parent";

/** How long a process lives that nobody connects to. Terraform connects at once. */
const CONNECT_TIMEOUT = 60_000;
/** How long calls in progress may take to end. Terraform kills the process after two seconds. */
const GRACE = 1_000;

/** A client's. */
interface Connection {
  readonly closed: Promise<void>;
  /** Lets calls in progress end. */
  close(): void;
}

export class Lifetime {
  private readonly connections = new Set<Connection>();
  private connectTimer: NodeJS.Timeout | undefined;
  private ending = false;

  /** @param stop makes calls in progress end soon */
  constructor(
    private readonly listener: Server,
    private readonly log: Logger,
    private readonly stop: () => Promise<unknown>,
  ) {}

  /**
   * Ends the process as soon as nobody needs it, or somebody says so.
   * @param startedBy the id of the process that started the plugin
   */
  watch(startedBy: number): void {
    process.on("SIGTERM", () => this.interrupt("SIGTERM"));
    process.on("SIGHUP", () => this.interrupt("SIGHUP"));
    onParentEnd(startedBy, () => this.interrupt("The process that started this one is gone"));

    // A parent that was killed before this process could look at it is noticed by its never connecting.
    this.connectTimer = setTimeout(() => this.end("Nobody has connected"), CONNECT_TIMEOUT).unref();
  }

  /** Counts a client in. */
  add(connection: Connection): void {
    clearTimeout(this.connectTimer);
    this.connections.add(connection);
    void connection.closed.then(() => this.connections.delete(connection));
  }

  /** Lets calls in progress end, for a moment, and then ends the process. */
  end(reason: string): void {
    if (this.ending) return;
    this.ending = true;
    this.log.debug("The plugin ends", { reason });
    setTimeout(() => process.exit(0), GRACE);
    this.listener.close(() => process.exit(0));
    for (const connection of this.connections) connection.close();
  }

  private interrupt(reason: string): void {
    this.stop().catch((error: unknown) => this.log.warn("The provider could not be stopped", { error }));
    this.end(reason);
  }
}
