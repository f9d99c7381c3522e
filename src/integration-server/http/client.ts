/** Requests in JSON: retried where that is safe, logged without secrets, turned into an error unless successful. */
import { formatAddress } from "../address";
import type { Method } from "./call";
import { AnswerLostError, ApiError, NetworkError } from "./errors";
import { type JsonObject, JsonReader } from "./json-reader";
import type { Logger } from "./logger";
import { isPassing, parseRetryAfter, retryRequest } from "./retries";
import { serverMessage } from "./server-message";
import type { Transport, TransportAnswer, TransportOptions } from "./transport";

export interface HttpRequest {
  readonly method: Method;
  /** From the root, encoded. */
  readonly path: string;
  readonly body?: JsonObject | undefined;
  readonly authorization: {
    readonly value: string;
    /** What this request holds and nobody may ever see. */
    readonly secrets: readonly string[];
  };
  readonly signal?: AbortSignal | undefined;
}

export interface HttpAnswer {
  readonly json: JsonReader;
  /** The server's time, where it tells it, in milliseconds since 1970. */
  readonly date: number | undefined;
}

export interface HttpClientOptions extends TransportOptions {
  readonly log: Logger;
}

export class HttpClient {
  /** `host:port`, for messages. */
  readonly server: string;
  #transport: Promise<Transport> | undefined;

  constructor(private readonly options: HttpClientOptions) {
    this.server = formatAddress(options.address);
  }

  /** @throws ApiError, NetworkError, AnswerLostError, TlsError, or the signal's reason */
  async request(request: HttpRequest): Promise<HttpAnswer> {
    const transport = await this.#connect();
    const call = `${request.method} ${request.path}`;
    return retryRequest(() => this.#attempt(transport, call, request), {
      clock: this.options.clock,
      // A request that changes something ends in a NetworkError only when it never left.
      isRetriable: request.method === "GET" ? isPassing : (error) => error instanceof NetworkError,
      onRetry: (error, pause) =>
        this.options.log.info("Retrying", {
          call,
          pause: Math.round(pause),
          reason: error instanceof Error ? error.message : String(error),
        }),
      signal: request.signal,
    });
  }

  async #attempt(transport: Transport, call: string, request: HttpRequest): Promise<HttpAnswer> {
    const { clock, log } = this.options;
    const started = clock.now();
    const { method, body, authorization } = request;
    const sent = { ...request, body: body && JSON.stringify(body), authorization: authorization.value };
    const answer = await transport.send(sent);
    log.debug("Answer", { call, status: answer.status, milliseconds: Math.round(clock.now() - started) });
    if (method !== "GET" && GATEWAY_ERRORS.has(answer.status)) {
      throw new AnswerLostError(call, this.server, `a gateway answered ${answer.status} in its place`);
    }
    if (answer.status < 200 || answer.status > 299) throw apiError(call, answer, authorization.secrets, clock.wall());
    return { json: new JsonReader(parseJson(answer.body), call), date: time(answer.header("date")) };
  }

  /** Loaded with the first request: a plugin that only tells its schema never pays for it. */
  #connect(): Promise<Transport> {
    this.#transport ??= import("./transport").then(({ Transport }) => new Transport(this.options));
    return this.#transport;
  }
}

/** The answers of a proxy that lost the server behind it, and so cannot know what became of the request either. */
const GATEWAY_ERRORS: ReadonlySet<number> = new Set([502, 504]);

function apiError(call: string, answer: TransportAnswer, secrets: readonly string[], now: number): ApiError {
  const message = serverMessage(answer.body, secrets);
  return new ApiError(call, answer.status, message, parseRetryAfter(answer.header("retry-after"), now));
}

/** What is no JSON stays a text: whoever needs more than that will say so. */
function parseJson(body: string): unknown {
  if (body.trim() === "") return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function time(header: string | undefined): number | undefined {
  const milliseconds = Date.parse(header ?? "");
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
