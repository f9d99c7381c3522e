/** An Integration Server that makes tasks of requests about SVMs and carries them on with every look, as a test tells it to. */
import type { ServerResponse } from "node:http";
import type { IntegrationServer, IntegrationServerOptions } from "../../../src/integration-server";
import { type Answer, FakeServer, type Handler, type Received } from "../fake-server";

const PATH = "/api/3.0/management/deployment/svm/";

export interface WireTask {
  readonly id?: string;
  readonly state: string;
  readonly children?: readonly WireTask[];
  readonly [field: string]: unknown;
}
interface RequestedSvm {
  readonly svmSettings?: { readonly name?: string };
  readonly deploymentInfo: { readonly target: { readonly svmId?: string; readonly location: { readonly id: string } } };
}

/** What one SVM's part of a request looks like in its task. */
export function subtask({ svmSettings, deploymentInfo: { target } }: RequestedSvm, state: string, more = {}): WireTask {
  const parameters = [
    { key: "infrastructureId", value: "i-1" },
    { key: "hostId", value: target.location.id },
    { key: "svmName", value: svmSettings?.name ?? "" },
    { key: "svmId", value: target.svmId ?? "" },
    { key: "svmIpAddress", value: "" },
  ];
  const svmId = target.svmId ?? `v-${svmSettings?.name}`;
  return { id: `s-${svmId}`, type: "DeploySvm", state, parameters, result: { svmId }, ...more };
}

export interface SvmServerOptions {
  /** Refuses a request. */
  readonly refuse?: (svms: readonly RequestedSvm[], received: Received) => Answer | undefined;
  /** Takes over the answer to a request that has been accepted. */
  readonly answer?: (response: ServerResponse) => void;
  /** The task at each look, from the first one on; the last one stays. */
  readonly looks?: (svms: readonly RequestedSvm[]) => readonly WireTask[];
  /** What exists at the beginning. */
  readonly vms?: () => readonly unknown[];
}

export class SvmServer {
  readonly #tasks: string[] = [];

  private constructor(readonly fake: FakeServer) {}

  static async start({ refuse, answer, looks = completed, vms = () => [] }: SvmServerOptions = {}): Promise<SvmServer> {
    const server = new SvmServer(await FakeServer.start());
    const accept: Handler = (received, response) => {
      const { svms } = JSON.parse(received.body) as { svms: RequestedSvm[] };
      const refusal = refuse?.(svms, received);
      if (refusal) return refusal;
      const id = `t-${server.#tasks.push(received.method)}`;
      const states = looks(svms).map((state) => ({ body: { id, ...state } }));
      server.fake.on(`GET /api/3.0/virtualization/tasks/${id}`, ...states);
      if (!answer) return { body: { id, state: "Created", children: [] } };
      answer(response);
      return undefined;
    };
    for (const method of ["POST", "PUT", "DELETE"]) server.fake.on(`${method} ${PATH}`, accept);
    for (const id of ["i-1", "i-2", "os-1"]) {
      server.fake.on(`GET /api/3.0/infrastructures/${id}`, { body: connection(id) });
      const list = `GET /api/3.0/infrastructures/${id}/objects?objectTypes=SVM&outputType=DetailedInfo`;
      server.fake.on(list, () => ({ body: { locations: [], vms: vms() } }));
    }
    return server;
  }

  client(options: Partial<IntegrationServerOptions> = {}): IntegrationServer {
    return this.fake.client(options);
  }

  /** The bodies of all requests of a method to the operations on SVMs. */
  bodies(method: string): { readonly svms: readonly RequestedSvm[]; readonly [field: string]: unknown }[] {
    return this.fake.received
      .filter((each) => each.method === method && each.url === PATH)
      .map(({ body }) => JSON.parse(body));
  }

  /** The names of the SVMs in each deployment. */
  get deployments(): (readonly (string | undefined)[])[] {
    return this.bodies("POST").map(({ svms }) => svms.map(({ svmSettings }) => svmSettings?.name));
  }

  looksAt(what: "tasks" | "objects"): number {
    return this.fake.received.filter(({ method, url }) => method === "GET" && url.includes(`/${what}`)).length;
  }
}

function connection(infrastructureId: string): unknown {
  const connected = { status: "CONNECTED", connectionError: "NO_ERROR" };
  return { infrastructureId, type: "VMWARE", address: "vc", connectionInfo: { admin: connected } };
}

function completed(svms: readonly RequestedSvm[]): readonly WireTask[] {
  return [{ state: "Completed", children: svms.map((svm) => subtask(svm, "Completed")) }];
}
