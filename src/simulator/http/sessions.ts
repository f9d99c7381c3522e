import { randomBytes } from "node:crypto";
import type { Clock } from "../clock";
import type { Habits } from "../habits";
import type { Identifiers } from "../world/identifiers";
import { ApiError } from "./api-error";

/** A login that succeeded ("Authentication on the Integration Server"). */
export interface Session {
  readonly id: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly createdAt: Date;
  /** When the token ends. */
  readonly activeTo: Date;
  readonly validTo: Date;
}

/** The only user name there is. */
export const administrator = "admin";

/** Wrong passwords in a row before nobody can log in for a while. The documents give no number. */
export const attemptsBeforeLockout = 5;

/** In simulated milliseconds. */
const lockoutMilliseconds = 15 * 60 * 1000;

/** Tokens, their expiry, and the lock-out after wrong passwords. */
export class Sessions {
  readonly #byToken = new Map<string, Session>();
  #issued = 0;
  #wrongAttempts = 0;
  #lockedUntil = new Date(0);

  /** @param lifetime how long a token is said to be valid, in real milliseconds */
  constructor(
    private readonly clock: Clock,
    private readonly identifiers: Identifiers,
    private readonly habits: Habits,
    private readonly password: string,
    private readonly lifetime: number,
  ) {}

  /** @throws ApiError 401 for anything but the administrator's name and password, 403 while locked out */
  logIn(authorization: string | undefined): Session {
    if (this.clock.now() < this.#lockedUntil) {
      const until = this.#lockedUntil.toISOString();
      throw new ApiError(403, "AccountLocked", `The account is locked after too many wrong passwords, until ${until}.`);
    }
    if (!this.#isAdministrator(authorization)) {
      this.#countWrongAttempt(authorization);
      throw unauthorized("Basic", "The user name or the password is wrong.");
    }
    this.#wrongAttempts = 0;
    return this.#issue();
  }

  /** Whether this is the header of somebody who has logged in. */
  knows(authorization: string | undefined): boolean {
    return this.#byToken.has(tokenIn(authorization) ?? "");
  }

  /** @throws ApiError 401 without a valid token */
  authenticate(authorization: string | undefined): void {
    const token = tokenIn(authorization);
    if (token === undefined) {
      throw unauthorized("Bearer", "An access token is required: Authorization: Bearer <accessToken>.");
    }
    const session = this.#byToken.get(token);
    if (session === undefined || session.activeTo <= this.clock.now()) {
      throw unauthorized("Bearer", "The access token is unknown or has expired.");
    }
  }

  /** Ends every session now. */
  expireAll(): void {
    this.#byToken.clear();
  }

  #isAdministrator(authorization: string | undefined): boolean {
    const encoded = /^Basic ([A-Za-z0-9+/]+={0,2})$/.exec(authorization ?? "")?.[1] ?? "";
    return Buffer.from(encoded, "base64").toString("utf8") === `${administrator}:${this.password}`;
  }

  /** A request without any credentials is no guess. */
  #countWrongAttempt(authorization: string | undefined): void {
    if (authorization === undefined) {
      return;
    }
    this.#wrongAttempts += 1;
    if (this.#wrongAttempts >= attemptsBeforeLockout) {
      this.#wrongAttempts = 0;
      this.#lockedUntil = this.clock.after(lockoutMilliseconds);
    }
  }

  #issue(): Session {
    this.#issued += 1;
    const createdAt = this.clock.now();
    const activeLifetime = this.habits.sessionEnd === "activeTo" ? this.lifetime / 2 : this.lifetime;
    const session: Session = {
      id: this.identifiers.uuid(`session ${this.#issued}`),
      accessToken: randomToken(),
      refreshToken: randomToken(),
      createdAt,
      activeTo: new Date(createdAt.getTime() + activeLifetime),
      validTo: new Date(createdAt.getTime() + this.lifetime),
    };
    this.#byToken.set(session.accessToken, session);
    return session;
  }
}

function tokenIn(authorization: string | undefined): string | undefined {
  return /^Bearer (\S+)$/.exec(authorization ?? "")?.[1];
}

/** Not of the seed: whoever knows that must not know what others are let in by. */
function randomToken(): string {
  return randomBytes(32).toString("base64url");
}

function unauthorized(scheme: string, message: string): ApiError {
  return new ApiError(401, "Unauthorized", message, { "WWW-Authenticate": scheme });
}
