/** Requests in JSON: retried where that is safe, logged without secrets, turned into an error unless successful. */
import { formatAddress } from "../address";
import { bodyText } from "./body";
import type { Method } from "./call";
import { ApiError, type Asked } from "./errors";
import type { JsonObject } from "./json";
import { JsonReader } from "./json-reader";
import { LARGEST_ANSWER } from "./limits";
import type { Logger } from "./logger";
import { isBusy, parseRetryAfter, retryRequest } from "./retries";
import { writeBody } from "./secret";
import { sentValues } from "./sent-values";
import { serverMessage } from "./server-message";
import type { Transport, TransportAnswer, TransportOptions } from "./transport";

export interface HttpRequest<T> {
  readonly method: Method;
  /** From the root, encoded. */
  readonly path: string;
  readonly body?: JsonObject | undefined;
  /** Whether it changes nothing, so that it may be asked again. @default that of a GET */
  readonly isQuestion?: boolean | undefined;
  /** Whether it is made again when that is safe and may help. @default true */
  readonly isRetried?: boolean | undefined;
  /** Milliseconds until it is asked again where the server is busy and does not say when. @default as after any failure */
  readonly busyPause?: number | undefined;
  /** Told, in words, what a change waits for when the server is busy. */
  readonly onBusy?: ((what: string) => void) | undefined;
  /** The most bytes that a successful answer may have. @default `LARGEST_ANSWER` */
  readonly largest?: number | undefined;
  /** Milliseconds for which the answer is waited for at least. @default 0 */
  readonly patience?: number | undefined;
  readonly authorization: string;
  /** What cannot be read counts as a failure of the request: see `failureOf`. */
  readonly read: (answer: HttpAnswer) => T | Promise<T>;
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
  #isKnown = false;

  constructor(private readonly options: HttpClientOptions) {
    this.server = formatAddress(options.address);
  }

  /** Whether whatever is at the address has ever answered as an Integration Server does. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** @throws ApiError, NetworkError, AnswerLostError, MalformedAnswerError, TlsError, or the signal's reason */
  async request<T>(request: HttpRequest<T>): Promise<T> {
    const transport = await this.#connect();
    const { method, path, isQuestion = method === "GET", isRetried = true } = request;
    const asked = { call: `${method} ${path}`, isQuestion };
    const attempt = (): Promise<T> => this.#attempt(transport, asked, request);
    const answer = await (isRetried ? this.#retry(attempt, asked, request) : attempt());
    this.#isKnown = true;
    return answer;
  }

  #retry<T>(
    attempt: () => Promise<T>,
    { call, isQuestion }: Asked,
    { busyPause, onBusy, signal }: Pick<HttpRequest<T>, "busyPause" | "onBusy" | "signal">,
  ): Promise<T> {
    const { clock, log } = this.options;
    return retryRequest(attempt, {
      clock,
      isQuestion,
      isKnown: this.#isKnown,
      busyPause,
      onRetry: (error, pause) => {
        const reason = error instanceof Error ? error.message : String(error);
        log.info("Retrying", { call, pause: Math.round(pause), reason });
        if (isBusy(error)) onBusy?.(`the server is busy, and is asked again in ${Math.ceil(pause / 1_000)} s`);
      },
      signal,
    });
  }

  async #attempt<T>(transport: Transport, asked: Asked, request: HttpRequest<T>): Promise<T> {
    const { clock, log } = this.options;
    const { call, isQuestion } = asked;
    const started = clock.now();
    const { body, largest = LARGEST_ANSWER } = request;
    const sent = { ...request, isQuestion, body: body && writeBody(body, log.secrets), largest };
    const answer = await transport.send(sent);
    log.debug("Answer", { call, status: answer.status, milliseconds: Math.round(clock.now() - started) });
    if (answer.status < 200 || answer.status > 299) throw this.#apiError(asked, answer, body);
    const date = time(answer.header("date"));
    const { secrets } = log;
    const json = await JsonReader.of(answer.body, { ...asked, secrets });
    return json.make((whole) => request.read({ json: whole, date }));
  }

  #apiError(asked: Asked, { status, body, header }: TransportAnswer, sent: JsonObject | undefined): ApiError {
    const { clock, log } = this.options;
    const message = serverMessage(bodyText(body), log.secrets);
    const retryAfter = parseRetryAfter(header("retry-after"), clock.wall());
    return new ApiError(asked, status, message, retryAfter, sentValues(sent, log.secrets));
  }

  /** Loaded with the first request: a plugin that only tells its schema never pays for it. */
  #connect(): Promise<Transport> {
    this.#transport ??= import("./transport").then(({ Transport }) => new Transport(this.options));
    return this.#transport;
  }
}

function time(header: string | undefined): number | undefined {
  const milliseconds = Date.parse(header ?? "");
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
