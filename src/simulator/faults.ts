import { property } from "./property";
import { matchesRequest, type RecordedRequest, type RequestFilter } from "./requests";

/** What goes wrong. */
export type Fault =
  /** The answer comes later. Real milliseconds: the time scale does not touch them. */
  | { readonly kind: "latency"; readonly milliseconds: number }
  /** The request is not handled; this status is the answer. */
  | {
      readonly kind: "status";
      readonly status: number;
      /** Seconds, or a date as HTTP writes it. */
      readonly retryAfter?: number | string;
      /** @default a sentence that says the fault was asked for */
      readonly message?: string;
    }
  /** The connection is closed before the request is handled: nothing has happened. */
  | { readonly kind: "dropBefore" }
  /** The request is handled, then the connection is closed: the answer is lost. */
  | { readonly kind: "dropAfter" }
  /** The request is handled, but a gateway in between lost patience: its 504 is the answer. */
  | { readonly kind: "gatewayTimeout" }
  /** The request is handled and answered with its own status, but the body breaks off in the middle. */
  | { readonly kind: "malformed" }
  /** Every token issued so far expires just before the request is looked at. */
  | { readonly kind: "expireTokens" };

/** A fault and the requests it strikes. */
export interface FaultRule extends Pick<RequestFilter, "method" | "path"> {
  readonly fault: Fault;
  /** Only requests that hold an SVM of this name or id; with a status, the whole request is refused because of it. */
  readonly svm?: string;
  /** How many requests it strikes; `Number.POSITIVE_INFINITY` until removed. @default 1 */
  readonly times?: number;
  /** How many matching requests pass before the first one is struck. @default 0 */
  readonly skip?: number;
}

/** A rule that was added. */
export interface ActiveFault {
  readonly rule: FaultRule;
  /** How many requests it will still strike. */
  readonly remaining: number;
  remove(): void;
}

/** Faults on demand, struck in the order they were added; several may strike one request. */
export class Faults {
  readonly #active = new Set<Countdown>();

  add(rule: FaultRule): ActiveFault {
    const countdown = new Countdown(rule, () => this.#active.delete(countdown));
    this.#active.add(countdown);
    return countdown;
  }

  clear(): void {
    this.#active.clear();
  }

  /** The faults for a request; each one that is returned is used up once. */
  strike(request: Pick<RecordedRequest, "method" | "path" | "body">): readonly Fault[] {
    return [...this.#active].filter((active) => active.strikes(request)).map((active) => active.rule.fault);
  }
}

class Countdown implements ActiveFault {
  remaining: number;
  #toSkip: number;

  constructor(
    readonly rule: FaultRule,
    readonly remove: () => void,
  ) {
    this.remaining = rule.times ?? 1;
    this.#toSkip = rule.skip ?? 0;
  }

  strikes(request: Pick<RecordedRequest, "method" | "path" | "body">): boolean {
    const { svm } = this.rule;
    if (!matchesRequest(this.rule, request) || (svm !== undefined && !holdsSvm(request.body, svm))) {
      return false;
    }
    if (this.#toSkip > 0) {
      this.#toSkip -= 1;
      return false;
    }
    this.remaining -= 1;
    if (this.remaining <= 0) {
      this.remove();
    }
    return true;
  }
}

function holdsSvm(body: unknown, nameOrId: string): boolean {
  const svms = property(body, "svms");
  return (
    Array.isArray(svms) &&
    svms.some((svm) => {
      const target = property(property(svm, "deploymentInfo"), "target");
      return [property(property(svm, "svmSettings"), "name"), property(target, "svmId")].includes(nameOrId);
    })
  );
}
