/** Makes calls as the user of a session: with its token, once more when the server does not know that any longer. */
import { API_ROOT, type Call, type Caller } from "./call";
import type { HttpClient } from "./client";
import { ApiError, TokenRefusedError } from "./errors";
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
        if (!(error instanceof ApiError) || error.status !== 401) throw error;
        this.session.forget(token);
        // The server did nothing but look at the token, so that any request may be sent again.
        if (isSecond) throw new TokenRefusedError(error.call, error.serverMessage);
      }
    }
  }

  async #send<T>({ method, path, body, secrets = [], parse, signal }: Call<T>, token: string): Promise<T> {
    const authorization = { value: `Bearer ${token}`, secrets: [token, ...secrets] };
    const answer = await this.http.request({ method, path: `${API_ROOT}${path}`, body, authorization, signal });
    return parse(answer.json);
  }
}
