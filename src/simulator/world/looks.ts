/** When the Integration Server looks at a platform, and what it has seen. */
import type { Clock } from "../clock";
import { platformAt } from "./connections";
import type { Infrastructure } from "./infrastructure";
import { infrastructureState } from "./infrastructures";
import type { Platform } from "./platforms";
import type { World } from "./world";

/**
 * What the Integration Server knows of a platform: what it saw when it last looked, undefined if it never did. It looks
 * when it has connected, and again when the last look is older than the update period.
 */
export function knownPlatform(world: World, clock: Clock, infrastructure: Infrastructure): Platform | undefined {
  const at = dueLook(world, clock, infrastructure);
  if (at !== undefined && infrastructureState(world, clock, infrastructure).admin.status === "CONNECTED") {
    const platform = platformAt(world, infrastructure);
    if (platform !== undefined) {
      infrastructure.seen = structuredClone(platform);
      infrastructure.seenAt = at;
    }
  }
  return infrastructure.seen;
}

/**
 * Takes care that what becomes of a platform's machines is seen as late, or as early, as the habit says. Nobody needs to
 * look while nothing changes: a look that was due is taken when somebody asks, or just before a change.
 */
export function watchPlatforms(world: World, clock: Clock): void {
  const connected = (platform: Platform) =>
    [...world.infrastructures.values()].filter((each) => platformAt(world, each) === platform);
  world.svms.watch({
    beforeChange: (platform) => {
      if (world.habits.lists === "lagging") {
        for (const infrastructure of connected(platform)) {
          knownPlatform(world, clock, infrastructure);
        }
      }
    },
    afterChange: (platform) => {
      if (world.habits.lists === "current") {
        for (const infrastructure of connected(platform)) {
          delete infrastructure.seenAt;
        }
      }
    },
  });
}

/** How often the Integration Server looks at a connected platform by itself, in real milliseconds. */
export function updatePeriod({ habits }: World, { timeScale }: Clock): number {
  return habits.updatePeriodSeconds * 1000 * timeScale;
}

/** When the last look should have been taken, undefined if it was. */
function dueLook(world: World, clock: Clock, { seenAt, connectingUntil }: Infrastructure): Date | undefined {
  const now = clock.now().getTime();
  const connectedAt = connectingUntil.getTime();
  const period = updatePeriod(world, clock);
  if (seenAt !== undefined && now - seenAt.getTime() < period) {
    return undefined;
  }
  if (world.habits.lists === "current") {
    return new Date(now);
  }
  const since = seenAt?.getTime() ?? connectedAt;
  return new Date(since + Math.floor((now - since) / period) * period);
}
