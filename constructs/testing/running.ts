/** Deployments that run now, so that none goes on after its test. */

const RUNNING = Symbol.for("cdktf-ksvla/testing/Running");

interface Deploying {
  readonly abort: (reason: Error) => void;
  readonly ended: Promise<unknown>;
}

/** In one place for all copies of this module: test runners load modules anew for every test file. */
function running(): Set<Deploying> {
  const holder = globalThis as { [RUNNING]?: Set<Deploying> };
  holder[RUNNING] ??= new Set();
  return holder[RUNNING];
}

export interface Limits {
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
}

/** Does something that has to end when time is up, when the signal says so, or when the test is over. */
export async function whileAllowed<T>(
  { timeout, signal }: Limits,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const aborting = new AbortController();
  const abort = (reason: unknown): void => aborting.abort(reason);
  const onSignal = (): void => abort(signal?.reason);
  const tooLate = (): void =>
    abort(
      new Error(
        `The deployment was ended: it took longer than ${timeout / 1000} s. The option timeout says how long it may take.`,
      ),
    );
  const timer = setTimeout(tooLate, timeout);
  if (signal?.aborted) onSignal();
  signal?.addEventListener("abort", onSignal);
  const deploying = { abort, ended: Promise.resolve() as Promise<unknown> };
  const result = work(aborting.signal).finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onSignal);
    running().delete(deploying);
  });
  deploying.ended = result.catch(() => {});
  running().add(deploying);
  return result;
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
