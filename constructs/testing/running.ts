/** Deployments that run now, so that none goes on after its test. */

const RUNNING = Symbol.for("cdktf-ksvla/testing/Running");

export interface Deploying {
  readonly abort: (reason: Error) => void;
  readonly ended: Promise<unknown>;
}

/** In one place for all copies of this module: test runners load modules anew for every test file. */
export function running(): Set<Deploying> {
  const holder = globalThis as { [RUNNING]?: Set<Deploying> };
  holder[RUNNING] ??= new Set();
  return holder[RUNNING];
}

/**
 * Ends the deployments that still run, as those of a test that timed out, and resolves when nothing of them is left. The
 * entries for Jest and Vitest do this after each test.
 */
export async function endDeployments(): Promise<void> {
  const all = [...running()];
  for (const { abort } of all) abort(new Error("The deployment was ended, because its test was over."));
  await Promise.all(all.map(({ ended }) => ended));
}
