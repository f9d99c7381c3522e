import { property } from "../property";
import { matchesRequest, type RecordedRequest } from "../requests";
import type { Fault, FaultRule } from "./fault";

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
  #added = 0;

  /** @param chance at least 0, less than 1, and always the same for one label */
  constructor(private readonly chance: (label: string) => number) {}

  add(rule: FaultRule): ActiveFault {
    this.#added += 1;
    const label = `fault ${this.#added}`;
    const remove = () => this.#active.delete(countdown);
    const countdown = new Countdown(rule, (match) => this.chance(`${label} at ${match}`), remove);
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
  #matches = 0;

  constructor(
    readonly rule: FaultRule,
    private readonly chance: (match: number) => number,
    readonly remove: () => void,
  ) {
    this.remaining = rule.times ?? 1;
  }

  strikes(request: Pick<RecordedRequest, "method" | "path" | "body">): boolean {
    const { svm, skip = 0, probability = 1 } = this.rule;
    if (!matchesRequest(this.rule, request) || (svm !== undefined && !holdsSvm(request.body, svm))) {
      return false;
    }
    this.#matches += 1;
    if (this.#matches <= skip || this.chance(this.#matches) >= probability) {
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
