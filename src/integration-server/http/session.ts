/** Who we are to the server: a bearer token for a username and a password ("Authentication on the Integration Server"). */
import type { Clock } from "../waiting/clock";
import { SharedWork } from "../waiting/shared-work";
import { API_ROOT } from "./call";
import type { HttpAnswer, HttpClient } from "./client";
import { ApiError, AuthenticationError } from "./errors";
import { type FailureKind, failureOf } from "./failure";
import type { JsonReader } from "./json-reader";
import { basic, type Secret, type Secrets } from "./secret";

/** A token is renewed this long before its end, or at nine tenths of its life if that is later. */
const MARGIN = 60_000;

/** Milliseconds between two attempts with a password where the server is busy, since servers count attempts. */
const BETWEEN_ATTEMPTS = 10_000;

/** What answers a wrong password, and an account that is locked. */
const REFUSALS: ReadonlySet<FailureKind> = new Set<FailureKind>(["unauthorized", "forbidden"]);

interface Token {
  readonly value: string;
  /** On the monotonic clock; infinite when the server does not say. */
  readonly renewAt: number;
}

export interface Login {
  readonly username: string;
  readonly password: Secret;
}

export class Session {
  readonly #http: HttpClient;
  readonly #login: Login;
  readonly #clock: Clock;
  readonly #secrets: Secrets;
  #token: Token | undefined;
  readonly #signIn = new SharedWork((signal) => this.#requestToken(signal));
  #refusal: AuthenticationError | undefined;
  /** What the server has answered that asks to come again, and until when it is not asked, on the monotonic clock. */
  #busy: { readonly error: ApiError; readonly until: number } | undefined;

  constructor(http: HttpClient, login: Login, clock: Clock, secrets: Secrets) {
    this.#http = http;
    this.#login = login;
    this.#clock = clock;
    this.#secrets = secrets;
  }

  /**
   * A valid token. However many ask for it at a time, one request gets it.
   *
   * @throws AuthenticationError when the password is wrong; the server is never asked again then
   */
  async token(signal?: AbortSignal): Promise<string> {
    signal?.throwIfAborted();
    if (this.#refusal) throw this.#refusal;
    if (this.#busy && this.#clock.now() < this.#busy.until) throw this.#busy.error;
    if (this.#token && this.#clock.now() < this.#token.renewAt) return this.#token.value;
    return (await this.#signIn.result(signal)).value;
  }

  /** A token that the server does not accept any more. Another one that came meanwhile is kept. */
  forget(value: string): void {
    if (this.#token?.value === value) this.#token = undefined;
  }

  async #requestToken(signal: AbortSignal): Promise<Token> {
    const { username, password } = this.#login;
    try {
      this.#token = await this.#http.request({
        method: "GET",
        path: `${API_ROOT}auth/tokens`,
        busyPause: BETWEEN_ATTEMPTS,
        authorization: basic(username, password, this.#secrets),
        read: (answer) => readToken(answer, this.#clock, this.#secrets),
        signal,
      });
      return this.#token;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { kind } = failureOf(error);
      if (kind === "busy") this.#busy = { error, until: this.#clock.now() + (error.retryAfter ?? 0) };
      if (!REFUSALS.has(kind)) throw error;
      this.#refusal = new AuthenticationError(error.call, this.#http.server, error.status, error.serverMessage);
      throw this.#refusal;
    }
  }
}

function readToken({ json, date }: HttpAnswer, clock: Clock, secrets: Secrets): Token {
  const value = json.object().field("accessToken").field("value").text();
  for (const token of [value, json.field("refreshToken").field("value").optionalText()]) secrets.add(token ?? "");
  const life = lifeOf(json.field("session"), date ?? clock.wall());
  return { value, renewAt: clock.now() + Math.max(life - MARGIN, life * 0.9) };
}

/**
 * Milliseconds that a session has left. Both ends are read on the server's clock, so that ours need not agree with it;
 * times in the session share a form and a time zone, so they come before the `Date` header, and that before our clock.
 */
function lifeOf(session: JsonReader, now: number): number {
  const time = (name: string): number => Date.parse(session.field(name).optionalText() ?? "");
  const known = (times: readonly number[]): number[] => times.filter((each) => !Number.isNaN(each));
  const end = Math.min(...known([time("activeTo"), time("validTo")]));
  const start = Math.max(...known([time("createdAt"), time("updatedAt")]));
  const life = end - (Number.isFinite(start) ? start : now);
  return life > 0 ? life : Number.POSITIVE_INFINITY;
}
