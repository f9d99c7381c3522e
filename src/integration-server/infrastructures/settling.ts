/** Waiting until what an infrastructure lists can be relied upon. */
import { isNotFound } from "../http/failure";
import { sleep } from "../waiting/clock";
import { FIRST_PAUSE, GROWTH, type Pace } from "../waiting/poll";
import type { Infrastructures } from "./infrastructures";
import type { Observation } from "./observation";

/** How a wait has ended: as wanted, with a connection that is down or does not exist, or not within its limit. */
export type Settlement = "settled" | "down" | "missing" | "unsettled";

export interface SettlingOptions {
  /** Lists can be relied upon a period after a connection was made; whoever has them read anew needs no more than that it is. */
  readonly until: "connected" | "settled";
  /** On the clock, as of now: a look may tell another period. @default only the signal sets a limit */
  readonly deadline?: () => number;
  readonly signal: AbortSignal | undefined;
}

/** Looks at least once, and for the last time when the wait is over: a connection may be lost at any time. */
export async function settle(
  infrastructureId: string,
  infrastructures: Pick<Infrastructures, "get">,
  observation: Observation,
  { clock, interval }: Pace,
  { until, deadline, signal }: SettlingOptions,
): Promise<Settlement> {
  for (let longest = FIRST_PAUSE; ; longest *= GROWTH) {
    try {
      await infrastructures.get(infrastructureId, { signal });
    } catch (error) {
      if (isNotFound(error)) return "missing";
      throw error;
    }
    if (observation.isDown) return "down";
    const settlesIn = observation.settlesIn;
    if (settlesIn === 0 || (settlesIn !== undefined && until === "connected")) return "settled";
    const pause = settlesIn ?? Math.min(longest, interval);
    if (deadline !== undefined && clock.now() + pause > deadline()) return "unsettled";
    await sleep(clock, pause, signal);
  }
}
