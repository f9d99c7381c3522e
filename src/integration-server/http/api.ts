/** Makes calls as the user of a session: with its token, and with a new one when the server does not know that any longer. */
import { type Clock, sleep } from "../waiting/clock";
import { SharedWork } from "../waiting/shared-work";
import { API_ROOT, type Call, type Caller, type Probe } from "./call";
import type { HttpAnswer, HttpClient } from "./client";
import { ApiError, MalformedAnswerError, TokenRefusedError } from "./errors";
import { failureOf, isNotFound } from "./failure";
import { lookPatience } from "./retries";
import type { Session } from "./session";

/** Where a user has one session at a time, another run that signs in ends ours, and does so again as it is ended itself. */
const RENEWALS = 3;

/** Milliseconds after which "not found" is believed if it is said again: a server that restarts says it, too. */
const UNTIL_BELIEVED = 2_000;

export class Api implements Caller {
  readonly patience = lookPatience(() => this.http.isKnown);
  /** Second looks at what was not found, by path. */
  readonly #confirmations = new Map<string, SharedWork<HttpAnswer>>();

  constructor(
    private readonly http: HttpClient,
    private readonly session: Session,
    private readonly clock: Clock,
  ) {}

  async call<T>(call: Call<T>): Promise<T> {
    try {
      return await this.#call(call);
    } catch (error) {
      if (call.method !== "GET" || !isNotFound(error)) throw error;
      const { json, date } = await this.#lookAgain(call.path, call.signal);
      return await json.make((answer) => call.parse(answer, date));
    }
  }

  async probe<T>({ path, parse, signal }: Probe<T>): Promise<T | undefined> {
    const token = await this.session.token(signal);
    try {
      return await this.#request({ method: "GET", path, parse, signal }, token);
    } catch (error) {
      const isRefused = error instanceof ApiError && !failureOf(error).passes;
      if (isRefused || error instanceof MalformedAnswerError) return undefined;
      throw error;
    }
  }

  async #call<T>(call: Call<T>): Promise<T> {
    for (let refusals = 1; ; refusals += 1) {
      const token = await this.session.token(call.signal);
      try {
        return await this.#request({ ...call, path: `${API_ROOT}${call.path}` }, token);
      } catch (error) {
        if (!(error instanceof ApiError) || failureOf(error).kind !== "unauthorized") throw error;
        this.session.forget(token);
        // The server did nothing but look at the token, so that any request may be sent again.
        if (refusals > RENEWALS) throw new TokenRefusedError(error.call, error.serverMessage);
      }
    }
  }

  /** @param call with a path from the root */
  #request<T>({ parse, ...call }: Call<T>, token: string): Promise<T> {
    const authorization = `Bearer ${token}`;
    return this.http.request({ ...call, authorization, read: ({ json, date }) => parse(json, date) });
  }

  /** One second look for all who were told at about the same time that something does not exist. */
  #lookAgain(path: string, signal: AbortSignal | undefined): Promise<HttpAnswer> {
    const confirmation = this.#confirmations.get(path) ?? this.#newConfirmation(path);
    this.#confirmations.set(path, confirmation);
    return confirmation.result(signal);
  }

  #newConfirmation(path: string): SharedWork<HttpAnswer> {
    const confirmation: SharedWork<HttpAnswer> = new SharedWork(async (signal) => {
      try {
        await sleep(this.clock, UNTIL_BELIEVED, signal);
        return await this.#call({
          method: "GET",
          path,
          parse: (json, date) => ({ json: json.object(), date }),
          signal,
        });
      } finally {
        if (this.#confirmations.get(path) === confirmation) this.#confirmations.delete(path);
      }
    });
    return confirmation;
  }
}
