/** What can go wrong with a call, whatever it asks for: one class per cause. What it means is in `failure.ts`. */
import { type StatusKind, statusKind } from "./status-kind";

/**
 * Whatever goes wrong between us and an Integration Server. `message` says what failed, where and why. None of them ever
 * holds a password, a token or a request's body.
 */
export abstract class IntegrationServerError extends Error {
  /** The class's name, written out: bundling shortens the one that the class itself has. */
  abstract override readonly name: string;
  /** What to do now, in one or more full sentences. */
  abstract readonly advice: string;
}

/** An option of the client, or an argument of a call, that cannot be right. Nothing was sent. */
export class InvalidArgumentError extends IntegrationServerError {
  readonly name = "InvalidArgumentError";

  constructor(
    readonly argument: string,
    /** Continues a sentence that the argument's name begins. */
    explanation: string,
    readonly advice: string,
  ) {
    super(`${argument} ${explanation}`);
  }
}

/** What was asked, for messages and for the judgement of what became of it. */
export interface Asked {
  /** E.g. `GET /api/3.0/infrastructures/1`. */
  readonly call: string;
  /** Whether it changes nothing on the server, so that it may be asked as often as one likes. */
  readonly isQuestion: boolean;
}

/** The server answered, but not with success. */
export class ApiError extends IntegrationServerError {
  readonly name = "ApiError";
  readonly call: string;
  readonly isQuestion: boolean;
  readonly kind: StatusKind;
  readonly advice: string;

  constructor(
    { call, isQuestion }: Asked,
    readonly status: number,
    /** The server's own words, shortened. */
    readonly serverMessage: string | undefined,
    /** Milliseconds after which the server wants to be asked again. */
    readonly retryAfter?: number,
    /** The values of the request's body without secrets, in words. */
    sent?: string,
  ) {
    super(`${call}: the server answered ${status}${serverMessage === undefined ? "" : `: ${serverMessage}`}`);
    this.call = call;
    this.isQuestion = isQuestion;
    this.kind = statusKind(status, retryAfter);
    this.advice = adviceOnStatus(this.kind, isQuestion, { sent, retryAfter });
  }
}

const MAYBE = "It may have taken effect. Look at what exists on the Integration Server before trying again.";

interface Told {
  readonly sent: string | undefined;
  readonly retryAfter: number | undefined;
}

function adviceOnStatus(kind: StatusKind, isQuestion: boolean, { sent, retryAfter }: Told): string {
  const values = sent === undefined ? "" : ` These values were sent: ${sent}.`;
  switch (kind) {
    case "redirected": {
      const advice = "Another service seems to answer at this address. Check the address and the port.";
      return isQuestion ? advice : `${advice} ${MAYBE}`;
    }
    case "forbidden":
      return "Check that the user of the provider (username, or KSVLA_USERNAME) has the rights that this operation needs.";
    case "missing":
      return "It does not exist on this Integration Server, or exists no more. Plan again if it was removed by other means; else correct its id in the configuration.";
    case "conflict":
      return `It contradicts what the server already has. Look at what exists on the Integration Server before trying again.${values}`;
    case "busy":
      return retryAfter === undefined || retryAfter < 1_000
        ? "The server is busy, and did nothing. Try again later."
        : `The server is busy, and did nothing. It asks to come again in ${Math.ceil(retryAfter / 1_000)} s: try again then.`;
    case "broken":
      return isQuestion
        ? "The server failed. Look into the log of the Integration Server, then try again."
        : `The server failed; its log may say why. ${MAYBE}`;
    case "unsupported":
      return "The server does not know this operation. Check that it is an Integration Server of a supported version.";
    case "unauthorized":
    case "refused":
      return `The server refused the request, and did nothing. Correct what it names; where it names nothing, look into the log of the Integration Server.${values}`;
  }
}

/** No answer, and nothing can have happened: the request never left, or it was only a question. */
export class NetworkError extends IntegrationServerError {
  readonly name = "NetworkError";
  readonly advice =
    "Check that the Integration Server runs, that its address and port are right (address of the provider, or KSVLA_ADDRESS), and that no firewall stands between.";

  constructor(call: string, server: string, reason: string, options?: ErrorOptions) {
    super(`${call}: no answer from ${server}: ${reason}`, options);
  }
}

/** A request that changes something was sent, and its answer did not arrive: it may or may not have taken effect. */
export class AnswerLostError extends IntegrationServerError {
  readonly name = "AnswerLostError";
  readonly advice = MAYBE;

  constructor(call: string, server: string, reason: string, options?: ErrorOptions) {
    super(`${call}: the request was sent to ${server}, but its answer was lost: ${reason}`, options);
  }
}

/** The server does not accept the username and password. It is not asked again, since that could lock the account. */
export class AuthenticationError extends IntegrationServerError {
  readonly name = "AuthenticationError";
  readonly advice =
    "Check username and password of the provider (or KSVLA_USERNAME and KSVLA_PASSWORD). There was one attempt only, so that the account is not locked.";

  constructor(call: string, server: string, status: number, serverMessage: string | undefined) {
    super(
      `${call}: ${server} does not accept the username and password (${status}${serverMessage === undefined ? "" : `: ${serverMessage}`})`,
    );
  }
}

/** The server gives out tokens, but does not accept them. */
export class TokenRefusedError extends IntegrationServerError {
  readonly name = "TokenRefusedError";
  readonly advice =
    "Check that nothing between here and the Integration Server removes the Authorization header, and that its clock is right.";

  constructor(call: string, serverMessage: string | undefined) {
    super(
      `${call}: the server refused a token that it had just given${serverMessage === undefined ? "" : `: ${serverMessage}`}`,
    );
  }
}

/** What is wrong with an answer. */
export interface Flaw {
  /**
   * `garbled`: no JSON at all, as when a proxy answers in the server's place or an answer breaks off. `shape`: not what the
   * documents promise. `foreign`: about another object than the one that was asked for.
   */
  readonly flaw: "garbled" | "shape" | "foreign";
  /** Where in the answer, e.g. `connectionInfo.admin.status`; empty for the whole answer. */
  readonly path: string;
  readonly expected: string;
  readonly got: string;
}

/** The server reports success, but its answer is not what the documents promise. */
export class MalformedAnswerError extends IntegrationServerError {
  readonly name = "MalformedAnswerError";
  readonly call: string;
  readonly isQuestion: boolean;
  readonly flaw: Flaw["flaw"];
  readonly path: string;
  readonly advice: string;

  constructor({ call, isQuestion }: Asked, { flaw, path, expected, got }: Flaw, options?: ErrorOptions) {
    super(`${call}: malformed answer: expected ${expected}${path === "" ? "" : ` at ${path}`}, got ${got}`, options);
    this.call = call;
    this.isQuestion = isQuestion;
    this.flaw = flaw;
    this.path = path;
    const advice = "Check that the address leads to an Integration Server of a supported version.";
    this.advice = isQuestion ? advice : `${advice} What was asked for may have taken effect.`;
  }
}

/** Why a server's certificate was not accepted. `handshake`: it never came to a certificate. */
export type TlsFailure =
  | "self-signed"
  | "unknown-issuer"
  | "expired"
  | "not-yet-valid"
  | "name-mismatch"
  | "thumbprint-mismatch"
  | "handshake"
  | "other";

export interface Thumbprints {
  /** Hexadecimal in upper case, with colons. */
  readonly sha1: string;
  readonly sha256: string;
}

/** The server could not prove who it is. No credentials were sent. */
export class TlsError extends IntegrationServerError {
  readonly name = "TlsError";
  readonly advice: string;

  constructor(
    server: string,
    readonly reason: TlsFailure,
    /** Continues a sentence, such as "its certificate is self-signed". */
    readonly explanation: string,
    /** Of the certificate that the server presented. */
    readonly presented?: Thumbprints,
  ) {
    const shown = presented && `. It presented the certificate SHA-1 ${presented.sha1}, SHA-256 ${presented.sha256}`;
    super(`${server} was not trusted: ${explanation}${shown ?? ""}. No credentials were sent`);
    this.advice = adviceOnTls(reason);
  }
}

function adviceOnTls(reason: TlsFailure): string {
  const compare = "Compare the thumbprints with those of the server's certificate, read on the server itself.";
  const accept = "set thumbprint of the provider (or KSVLA_THUMBPRINT) to it to accept this certificate";
  switch (reason) {
    case "handshake":
      return "Check that the address and the port belong to an Integration Server, and that it speaks HTTPS there.";
    case "thumbprint-mismatch":
      return `${compare} If the certificate was replaced on purpose, set thumbprint (or KSVLA_THUMBPRINT) to the new one.`;
    case "expired":
    case "not-yet-valid":
      return `Check the clocks of both machines, or renew the certificate. ${compare} If they agree, ${accept}.`;
    case "name-mismatch":
      return `Use a name that the certificate carries. ${compare} If they agree, ${accept}.`;
    case "self-signed":
    case "unknown-issuer":
    case "other":
      return `${compare} If they agree, ${accept}, or set ca_certificate (caCertificate in CDKTF, or KSVLA_CA_CERTIFICATE) to the certificate of its issuer.`;
  }
}
