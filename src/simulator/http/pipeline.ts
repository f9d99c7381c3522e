import type { IncomingMessage, ServerResponse } from "node:http";
import { applyBodyFault, type WrittenBody } from "../faults/bodies";
import type { Fault } from "../faults/fault";
import { Faults } from "../faults/faults";
import { Hostility } from "../faults/hostile";
import { anotherId, applyObjectFault } from "../faults/objects";
import { TaskFaults } from "../faults/tasks";
import type { Json } from "../json";
import { type RecordedRequest, RequestLog } from "../requests";
import type { ApiContext, ApiResponse } from "./api";
import { ApiError, badRequest } from "./api-error";
import { type Format, negotiate } from "./negotiation";
import type { Router } from "./router";
import { sendAnswer } from "./sending";
import { toXml } from "./xml";

/** Larger than any request the documents show. */
const maximumBodyBytes = 16 * 1024 * 1024;
/** For those who have not logged in; the documents show no body for them at all. */
const maximumAnonymousBytes = 64 * 1024;

/** Takes every HTTP request from its arrival to its answer: record, faults, routing, authentication, body, handler. */
export class Pipeline {
  readonly requests = new RequestLog();
  readonly faults: Faults;
  readonly #taskFaults = new TaskFaults();
  readonly #hostility = new Hostility();

  constructor(
    private readonly router: Router,
    private readonly context: ApiContext,
    /** Whether a `Host` header means this server. */
    private readonly isOwnName: (host: string) => boolean,
    private readonly onAnswered: (request: RecordedRequest) => void = () => {},
  ) {
    this.faults = new Faults((label) => context.world.identifiers.fraction(label));
  }

  async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const refusal = this.#refusal(incoming);
    if (refusal !== undefined) {
      await this.#refuse(refusal, incoming, outgoing);
      return;
    }
    const known = this.context.sessions.knows(incoming.headers.authorization);
    const body = await readBody(incoming, known ? maximumBodyBytes : maximumAnonymousBytes);
    if (body === undefined) {
      await this.#refuse(
        new ApiError(413, "PayloadTooLarge", "The body is larger than any that the documents show."),
        incoming,
        outgoing,
      );
      return;
    }
    const record = this.#record(incoming, body);
    const struck = this.faults.strike(record);
    if (await this.#strikeBefore(record, struck)) {
      incoming.socket.destroy();
      this.#finish(record);
      return;
    }
    const format = negotiate(record.headers.accept);
    const response = await this.#answer(record, struck, format);
    if (struck.some((fault) => fault.kind === "dropAfter")) {
      incoming.socket.destroy();
      this.#finish(record);
      return;
    }
    const written = struck.reduce(
      (body, fault) => applyBodyFault(fault, body, record, this.#hostility),
      writeBody(response, format ?? "json"),
    );
    await sendAnswer(outgoing, written, response.headers ?? {}, struck, this.context.clock);
    this.#finish(record, written.status);
  }

  /** A page that a browser shows can ask whatever its own name leads to, but only by that name. */
  #refusal({ headers }: IncomingMessage): ApiError | undefined {
    return this.isOwnName(headers.host ?? "")
      ? undefined
      : new ApiError(421, "MisdirectedRequest", "The header Host names another server than this one.");
  }

  /** Whatever the client still sends is thrown away. */
  async #refuse(refusal: ApiError, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    incoming.resume();
    const written = writeBody(errorResponse(refusal), "json");
    await sendAnswer(outgoing, written, { Connection: "close" }, [], this.context.clock);
  }

  #record(incoming: IncomingMessage, body: string): RecordedRequest {
    const target = incoming.url ?? "/";
    const mark = target.indexOf("?");
    const record: RecordedRequest = {
      method: incoming.method ?? "GET",
      path: mark < 0 ? target : target.slice(0, mark),
      query: mark < 0 ? "" : target.slice(mark + 1),
      headers: incoming.headers,
      body: body === "" ? undefined : parseLeniently(body),
      time: this.context.clock.now(),
    };
    this.requests.record(record);
    this.#hostility.see(record);
    return record;
  }

  #finish(record: RecordedRequest, status?: number): void {
    record.milliseconds = this.context.clock.now().getTime() - record.time.getTime();
    if (status !== undefined) {
      record.status = status;
    }
    this.onAnswered(record);
  }

  /** @returns whether the connection is to be dropped now */
  async #strikeBefore({ path }: RecordedRequest, faults: readonly Fault[]): Promise<boolean> {
    for (const fault of faults) {
      if (fault.kind === "latency") {
        await this.context.clock.sleepUnscaled(fault.milliseconds);
      } else if (fault.kind === "expireTokens") {
        this.context.sessions.expireAll();
      } else if (fault.kind === "cancelTask") {
        this.context.world.tasks.cancel(path.split("/").at(-1) ?? "");
      }
    }
    return faults.some((fault) => fault.kind === "dropBefore");
  }

  async #answer(record: RecordedRequest, faults: readonly Fault[], format: Format | undefined): Promise<ApiResponse> {
    const status = faults.find((fault) => fault.kind === "status");
    if (status !== undefined && !status.handled) {
      return errorResponse(faultyStatus(status));
    }
    const response = await this.#handle(record, faults, format);
    return status === undefined ? response : errorResponse(faultyStatus(status));
  }

  async #handle(record: RecordedRequest, faults: readonly Fault[], format: Format | undefined): Promise<ApiResponse> {
    try {
      if (format === undefined) {
        throw new ApiError(
          406,
          "NotAcceptable",
          "This server answers in JSON: send the header Accept: application/json.",
        );
      }
      const { route, parameters } = this.router.match(record.method, record.path);
      if (!route.anonymous) {
        this.context.sessions.authenticate(record.headers.authorization);
      }
      requireBody(record, route.hasBody ?? false);
      const { method, path, query, headers, body } = record;
      const seen = faults.some(({ kind }) => kind === "anotherObject" && method === "GET")
        ? this.#ofAnotherObject(parameters)
        : parameters;
      const response = await route.handle({ method, path, parameters: seen, query, headers, body }, this.context);
      return { ...response, ...this.#struckBody(response.body, faults, Object.values(parameters)) };
    } catch (error) {
      return errorResponse(error);
    }
  }

  /** The last id in the path is the one of the object that is looked at. */
  #ofAnotherObject(parameters: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const last = Object.entries(parameters).at(-1);
    const other = last && anotherId(this.context.world, last[1]);
    return last === undefined || other === undefined ? parameters : { ...parameters, [last[0]]: other };
  }

  #struckBody(
    body: Json | undefined,
    faults: readonly Fault[],
    askedFor: readonly string[],
  ): Pick<ApiResponse, "body"> {
    return body === undefined
      ? {}
      : {
          body: faults.reduce(
            (struck, fault) =>
              this.#taskFaults.apply(fault, applyObjectFault(this.context.world, fault, struck, askedFor)),
            body,
          ),
        };
  }
}

/** Undefined when it is too large; the rest is not waited for. */
async function readBody(incoming: IncomingMessage, largest: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > largest) {
      return undefined;
    }
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseLeniently(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function requireBody(record: RecordedRequest, expected: boolean): void {
  if (!expected) {
    if (record.body !== undefined) {
      throw badRequest(`The documents show no body for ${record.method} ${record.path}.`);
    }
    return;
  }
  if (!/^application\/json\s*(;|$)/i.test(record.headers["content-type"] ?? "")) {
    throw new ApiError(415, "UnsupportedMediaType", "A body needs the header Content-Type: application/json.");
  }
  if (record.body === undefined || typeof record.body === "string") {
    throw badRequest("The body is no JSON object.");
  }
}

function faultyStatus(fault: Extract<Fault, { kind: "status" }>): ApiError {
  const headers = fault.retryAfter === undefined ? {} : { "Retry-After": String(fault.retryAfter) };
  return new ApiError(fault.status, "Fault", fault.message ?? "The simulator was asked to answer so.", headers);
}

function errorResponse(error: unknown): ApiResponse {
  if (error instanceof ApiError) {
    return { status: error.status, body: { error: error.code, message: error.message }, headers: error.headers };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { status: 500, body: { error: "SimulatorFailure", message } };
}

function writeBody({ status, body }: ApiResponse, format: Format): WrittenBody {
  if (body === undefined) {
    return { status, text: "" };
  }
  return format === "json"
    ? { status, type: "application/json; charset=utf-8", text: JSON.stringify(body) }
    : { status, type: "application/xml; charset=utf-8", text: toXml(body) };
}
