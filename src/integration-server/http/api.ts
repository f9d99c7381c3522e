/** Makes calls as the user of a session: with its token, once more when the server does not know that any longer. */
import { API_ROOT, type Call, type Caller } from "./call";
import type { HttpAnswer, HttpClient } from "./client";
import { ApiError, TokenRefusedError } from "./errors";
import { failureOf } from "./failure";
import type { Session } from "./session";

export class Api implements Caller {
  constructor(
    private readonly http: HttpClient,
    private readonly session: Session,
  ) {}

  async call<T>(call: Call<T>): Promise<T> {
    for (let isSecond = false; ; isSecond = true) {
      const token = await this.session.token(call.signal);
      try {
        return await this.#send(call, token);
      } catch (error) {
        if (!(error instanceof ApiError) || failureOf(error).kind !== "unauthorized") throw error;
        this.session.forget(token);
        // The server did nothing but look at the token, so that any request may be sent again.
        if (isSecond) throw new TokenRefusedError(error.call, error.serverMessage);
      }
    }
  }

  async #send<T>({ secrets = [], parse, ...call }: Call<T>, token: string): Promise<T> {
    const authorization = { value: `Bearer ${token}`, secrets: [token, ...secrets] };
    const read = ({ json, date }: HttpAnswer): T => parse(json, date);
    return this.http.request({ ...call, path: `${API_ROOT}${call.path}`, authorization, read });
  }
}
