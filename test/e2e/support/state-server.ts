/** What Terraform's `http` backend talks to: keeps one state, with a lock, as GitLab's managed state does. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export class StateServer {
  /** What was last persisted. */
  state: string | undefined;
  #lock: string | undefined;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  static async start(): Promise<StateServer> {
    const server = new StateServer();
    server.#server.listen(0, "127.0.0.1");
    await once(server.#server, "listening");
    return server;
  }

  /** The `backend` block of a configuration. */
  get backend(): string {
    const address = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/state`;
    return `terraform {
  backend "http" {
    address        = "${address}"
    lock_address   = "${address}"
    unlock_address = "${address}"
  }
}
`;
  }

  get isLocked(): boolean {
    return this.#lock !== undefined;
  }

  /** What somebody does with `terraform force-unlock` when a run was killed. */
  unlock(): void {
    this.#lock = undefined;
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(request);
    const answer = (status: number, text = "") => response.writeHead(status).end(text);
    switch (request.method) {
      case "GET":
        return void (this.state === undefined ? answer(404) : answer(200, this.state));
      case "POST":
        this.state = body;
        return void answer(200);
      case "LOCK":
        if (this.#lock !== undefined) return void answer(423, this.#lock);
        this.#lock = body;
        return void answer(200);
      case "UNLOCK":
        this.#lock = undefined;
        return void answer(200);
      default:
        return void answer(405);
    }
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return text;
}
