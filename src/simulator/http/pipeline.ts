import type { IncomingMessage, ServerResponse } from "node:http";
import { type Fault, Faults } from "../faults";
import type { Json } from "../json";
import { type RecordedRequest, RequestLog } from "../requests";
import type { ApiContext, ApiResponse } from "./api";
import { ApiError, badRequest } from "./api-error";
import { type Format, negotiate } from "./negotiation";
import type { Router } from "./router";
import { toXml } from "./xml";

/** Larger than any request the documents show. */
const maximumBodyBytes = 16 * 1024 * 1024;

const gatewayTimeout: ApiResponse = {
  status: 504,
  body: { error: "GatewayTimeout", message: "The gateway got no answer in time." },
};

/** Takes every HTTP request from its arrival to its answer: record, faults, routing, authentication, body, handler. */
export class Pipeline {
  readonly requests = new RequestLog();
  readonly faults = new Faults();

  constructor(
    private readonly router: Router,
    private readonly context: ApiContext,
    private readonly onAnswered: (request: RecordedRequest) => void = () => {},
  ) {}

  async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const record = this.#record(incoming, await readBody(incoming));
    const struck = this.faults.strike(record);
    if (await this.#strikeBefore(struck)) {
      incoming.socket.destroy();
      this.#finish(record);
      return;
    }
    const format = negotiate(record.headers.accept);
    const handled = await this.#answer(record, struck, format);
    const response = struck.some((fault) => fault.kind === "gatewayTimeout") ? gatewayTimeout : handled;
    if (struck.some((fault) => fault.kind === "dropAfter")) {
      incoming.socket.destroy();
      this.#finish(record);
      return;
    }
    send(
      outgoing,
      response,
      format ?? "json",
      struck.some((fault) => fault.kind === "malformed"),
    );
    this.#finish(record, response.status);
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
  async #strikeBefore(faults: readonly Fault[]): Promise<boolean> {
    for (const fault of faults) {
      if (fault.kind === "latency") {
        await this.context.clock.sleepUnscaled(fault.milliseconds);
      } else if (fault.kind === "expireTokens") {
        this.context.sessions.expireAll();
      }
    }
    return faults.some((fault) => fault.kind === "dropBefore");
  }

  async #answer(record: RecordedRequest, faults: readonly Fault[], format: Format | undefined): Promise<ApiResponse> {
    try {
      const status = faults.find((fault) => fault.kind === "status");
      if (status !== undefined) {
        throw faultyStatus(status);
      }
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
      return await route.handle({ method, path, parameters, query, headers, body }, this.context);
    } catch (error) {
      return errorResponse(error);
    }
  }
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > maximumBodyBytes) {
      throw new RangeError("The request body is larger than any that the documents show.");
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

function send(outgoing: ServerResponse, response: ApiResponse, format: Format, breakOff: boolean): void {
  const headers = { ...response.headers, "Cache-Control": "no-store" };
  if (response.body === undefined) {
    outgoing.writeHead(response.status, { ...headers, "Content-Length": 0 }).end();
    return;
  }
  const text = encodeBody(response.body, format);
  const sent = Buffer.from(breakOff ? text.slice(0, Math.floor(text.length / 2)) : text, "utf8");
  const type = format === "json" ? "application/json; charset=utf-8" : "application/xml; charset=utf-8";
  outgoing.writeHead(response.status, { ...headers, "Content-Type": type, "Content-Length": sent.length }).end(sent);
}

function encodeBody(body: Json, format: Format): string {
  return format === "json" ? JSON.stringify(body) : toXml(body);
}
