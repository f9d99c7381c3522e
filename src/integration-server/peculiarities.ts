/** How a server differs from the documents, or decides what they leave open, as far as questions can tell. */
import { type Caller, type CallOptions, path } from "./http/call";
import type { JsonReader } from "./http/json-reader";
import { TASK_LIST_VERSIONS } from "./tasks/tasks";

/** How a connection is shown. */
export interface ConnectionManners {
  /** As it is spelled: the documents have `CONNECTED`. */
  readonly status: string | undefined;
  /** Seconds between two looks of the server at the infrastructure, where it tells: only of an account with limited rights. */
  readonly updatePeriodSeconds: number | undefined;
  /** Where glance, neutron and cinder are listed: beside `endpoints`, as the sample has it, or inside; undefined without any. */
  readonly microservices: "beside" | "inside" | undefined;
}

export class Peculiarities {
  constructor(private readonly api: Caller) {}

  async connection(id: string, { signal }: CallOptions = {}): Promise<ConnectionManners> {
    return this.api.call({ method: "GET", path: path`infrastructures/${id}`, parse: mannersOf, signal });
  }

  /** The versions of the API in which tasks can be listed. The documents know no such list. */
  async taskLists({ signal }: CallOptions = {}): Promise<readonly string[]> {
    const found: string[] = [];
    for (const version of TASK_LIST_VERSIONS) {
      const parse = (answer: JsonReader): true => {
        answer.ignored();
        return true;
      };
      const answered = await this.api.probe({ path: `/api/${version}/virtualization/tasks`, parse, signal });
      if (answered) found.push(version);
    }
    return found;
  }
}

function mannersOf(answer: JsonReader): ConnectionManners {
  const connection = answer.field("connectionInfo");
  const admin = connection.field("admin");
  const limited = ["readOnly", "readonly"].map((name) =>
    connection.field(name).field("updatePeriodSeconds").optionalNumber(),
  );
  const regions = admin.field("details").field("regions").optionalList();
  const has = (where: (region: JsonReader) => JsonReader) =>
    regions.some((region) => where(region).field("glance").optionalList().length > 0);
  return {
    status: admin.field("status").optionalText(),
    updatePeriodSeconds: limited.find((period) => period !== undefined),
    microservices: has((region) => region)
      ? "beside"
      : has((region) => region.field("endpoints"))
        ? "inside"
        : undefined,
  };
}
