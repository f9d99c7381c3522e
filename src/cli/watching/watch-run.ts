/** Watches a run until it ends. */
import { setTimeout as pause } from "node:timers/promises";
import type { Follower } from "../../notes";
import type { Display } from "./display";
import type { Outcome } from "./texts";
import { Works } from "./works";

/** Milliseconds between two looks at the notes. */
const INTERVAL = 500;
/** Between the processes of a run, such as those of stacks that are deployed one after the other, nothing runs for a moment. */
const BETWEEN_PROCESSES = 5_000;
/** Between a plan and what becomes of it somebody may think. */
const BETWEEN_PLAN_AND_APPLY = 60_000;

/** Time as a dependency. */
export interface Time {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

export const systemTime: Time = { now: Date.now, pause: (milliseconds) => pause(milliseconds) };

export interface Watching {
  readonly follower: Follower;
  readonly display: Display;
  readonly time: Time;
}

/** @param timeout in milliseconds @default as long as it takes */
export async function watchRun(
  { follower, display, time }: Watching,
  timeout = Number.POSITIVE_INFINITY,
): Promise<Outcome> {
  const works = new Works();
  const end = time.now() + timeout;
  let aliveAt: number | undefined;
  for (;;) {
    const news = follower.look();
    const now = time.now();
    works.learn(news);
    display.show(news, now);
    if (follower.isAlive || (aliveAt === undefined && follower.hasWork)) aliveAt = now;
    const patience = follower.hasWork ? BETWEEN_PROCESSES : BETWEEN_PLAN_AND_APPLY;
    if (!follower.isAlive && aliveAt !== undefined && now - aliveAt >= patience) return { is: "ended", works };
    if (now >= end) return { is: "out of time", works };
    await time.pause(Math.min(INTERVAL, end - now));
  }
}
