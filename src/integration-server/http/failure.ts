/** What the failure of a call means. Whoever has to decide something after one reads it here. */
import {
  AnswerLostError,
  ApiError,
  AuthenticationError,
  MalformedAnswerError,
  NetworkError,
  TlsError,
  TokenRefusedError,
} from "./errors";
import type { StatusKind } from "./status-kind";

export interface Failure {
  readonly kind: FailureKind;
  /** Whether the call may have changed something on the server: only a look tells what became of `unknown`. */
  readonly effect: "none" | "unknown";
  /** Whether the same call may well go better in a moment. That says nothing of whether it may be made again. */
  readonly passes: boolean;
  /** Whether the server refuses what this body says, so that a part of it may be accepted, or would refuse any other, too. */
  readonly about: "body" | "call";
}

/** `other`: no failure of a call, such as an interruption, or the end of a task. */
export type FailureKind = StatusKind | MalformedAnswerError["flaw"] | "unreachable" | "lost" | "untrusted" | "other";

type Judgement = Omit<Failure, "kind">;

/** For requests that change something; questions never do. */
const TABLE: Readonly<Record<FailureKind, Judgement>> = {
  unreachable: { effect: "none", passes: true, about: "call" },
  untrusted: { effect: "none", passes: false, about: "call" },
  redirected: { effect: "unknown", passes: false, about: "call" },
  refused: { effect: "none", passes: false, about: "body" },
  unauthorized: { effect: "none", passes: false, about: "call" },
  forbidden: { effect: "none", passes: false, about: "call" },
  missing: { effect: "none", passes: false, about: "body" },
  unsupported: { effect: "none", passes: false, about: "call" },
  conflict: { effect: "none", passes: false, about: "body" },
  busy: { effect: "none", passes: true, about: "call" },
  broken: { effect: "unknown", passes: true, about: "call" },
  lost: { effect: "unknown", passes: true, about: "call" },
  garbled: { effect: "unknown", passes: true, about: "call" },
  shape: { effect: "unknown", passes: false, about: "call" },
  foreign: { effect: "unknown", passes: true, about: "call" },
  other: { effect: "none", passes: false, about: "call" },
};

export function failureOf(error: unknown): Failure {
  const kind = kindOf(error);
  const { effect, passes, about } = TABLE[kind];
  const isQuestion = (error instanceof ApiError || error instanceof MalformedAnswerError) && error.isQuestion;
  // Not found, and nothing else said: that is the operation itself.
  const isUnknownOperation = kind === "missing" && error instanceof ApiError && error.serverMessage === undefined;
  return { kind, effect: isQuestion ? "none" : effect, passes, about: isUnknownOperation ? "call" : about };
}

/** True when the server says that what was asked for does not exist. */
export function isNotFound(error: unknown): boolean {
  return kindOf(error) === "missing";
}

function kindOf(error: unknown): FailureKind {
  if (error instanceof ApiError) return error.kind;
  if (error instanceof MalformedAnswerError) return error.flaw;
  if (error instanceof NetworkError) return "unreachable";
  if (error instanceof AnswerLostError) return "lost";
  if (error instanceof TlsError) return "untrusted";
  if (error instanceof AuthenticationError || error instanceof TokenRefusedError) return "unauthorized";
  return "other";
}
