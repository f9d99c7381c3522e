import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { request } from "node:https";
import type { Simulator } from "../../../src/simulator";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as it was sent. */
  readonly bytes: Buffer;
  /** The parsed body; throws if it is no JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into an answer as far as it likes
  json(): any;
}

export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

/** Sends exactly what a test says, so that a test sees exactly what the simulator answers. */
export class ApiClient {
  #token = "";

  constructor(readonly simulator: Simulator) {}

  static async loggedIn(simulator: Simulator): Promise<ApiClient> {
    const client = new ApiClient(simulator);
    client.#token = (await client.logIn()).json().accessToken.value;
    return client;
  }

  logIn(password = this.simulator.password, username = this.simulator.username): Promise<Answer> {
    return this.send({
      path: "/api/3.0/auth/tokens",
      headers: { accept: "application/json", authorization: `Basic ${base64(`${username}:${password}`)}` },
    });
  }

  get authorization(): string {
    return `Bearer ${this.#token}`;
  }

  get(path: string): Promise<Answer> {
    return this.call("GET", path);
  }

  post(path: string, body?: unknown): Promise<Answer> {
    return this.call("POST", path, body);
  }

  delete(path: string): Promise<Answer> {
    return this.call("DELETE", path);
  }

  call(method: string, path: string, body?: unknown, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
    return this.send({
      method,
      path: `/api/3.0${path}`,
      headers: {
        accept: "application/json",
        authorization: this.authorization,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  send({ method = "GET", path, headers = {}, body }: RawRequest): Promise<Answer> {
    // Node.js sends a body with DELETE, but says its length with other methods only.
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const outgoing = request(
        this.simulator.url,
        {
          method,
          path,
          headers: { ...length, ...headers },
          ca: this.simulator.caCertificate,
          servername: "localhost",
          agent: false,
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk) => chunks.push(chunk));
          incoming.on("error", reject);
          incoming.on("end", () => {
            const bytes = Buffer.concat(chunks);
            const text = bytes.toString("utf8");
            const { statusCode = 0, headers: answered } = incoming;
            resolve({ status: statusCode, headers: answered, bytes, text, json: () => JSON.parse(text) });
          });
        },
      );
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  }

  /** Adds an infrastructure and polls it until its connection has been made or has failed. */
  // biome-ignore lint/suspicious/noExplicitAny: see Answer.json
  async connect(body: unknown): Promise<any> {
    const { infrastructureId } = (await this.post("/infrastructures", body)).json();
    return this.settle(infrastructureId);
  }

  // biome-ignore lint/suspicious/noExplicitAny: see Answer.json
  async settle(infrastructureId: string): Promise<any> {
    for (;;) {
      const infrastructure = (await this.get(`/infrastructures/${infrastructureId}`)).json();
      if (infrastructure.connectionInfo.admin.status !== "CONNECTING") {
        return infrastructure;
      }
    }
  }
}

export function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}

const admin = { name: "admin", password: base64("Admin-Passw0rd") };
const viewer = { name: "viewer", password: base64("Viewer-Passw0rd") };

/** A valid body of `POST /infrastructures` for a platform that is no OpenStack. */
export function hypervisorRequest(type: string, address: string, accounts: object = { admin, readOnly: viewer }) {
  return { type, address, accounts };
}

/** A valid body of `POST /infrastructures` and `testConnection` for an OpenStack. */
export function openstackRequest(type: string, address: string, specificSettings: object = { protocol: "https" }) {
  const domain = "Default";
  return {
    type,
    address,
    specificSettings,
    accounts: { admin: { domain, ...admin }, readOnly: { domain, ...viewer } },
  };
}

export const accounts = { admin, viewer, guest: { name: "guest", password: base64("Guest-Passw0rd") } };
