/** Makes calls as the user of a session: with its token, once more when the server does not know that any longer. */
import { API_ROOT, type Call, type Caller } from "./call";
import type { HttpClient } from "./client";
import { ApiError, TokenRefusedError } from "./errors";
import type { Session } from "./session";

export class Api implements Caller {
  readonly #http: HttpClient;
  readonly #session: Session;

  constructor(http: HttpClient, session: Session) {
    this.#http = http;
    this.#session = session;
  }

  async call<T>(call: Call<T>): Promise<T> {
    const token = await this.#session.token(call.signal);
    try {
      return await this.#send(call, token);
    } catch (error) {
      if (!isUnauthorized(error)) throw error;
      this.#session.forget(token);
    }
    // The server did nothing but look at the token, so that any request may be sent again.
    return this.#sendAnew(call);
  }

  async #sendAnew<T>(call: Call<T>): Promise<T> {
    const token = await this.#session.token(call.signal);
    try {
      return await this.#send(call, token);
    } catch (error) {
      if (!isUnauthorized(error)) throw error;
      this.#session.forget(token);
      throw new TokenRefusedError(error.call, error.serverMessage);
    }
  }

  async #send<T>({ method, path, body, secrets = [], parse, signal }: Call<T>, token: string): Promise<T> {
    const authorization = { value: `Bearer ${token}`, secrets: [token, ...secrets] };
    const answer = await this.#http.request({ method, path: `${API_ROOT}${path}`, body, authorization, signal });
    return parse(answer.json);
  }
}

function isUnauthorized(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 401;
}
