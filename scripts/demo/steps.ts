/** The demo's progress on the screen: plain lines, the same with and without a terminal. */
export class Steps {
  #count = 0;
  readonly #started = performance.now();

  /** @param interruption No step starts after it. */
  constructor(
    private readonly total: number,
    private readonly interruption: AbortSignal,
  ) {}

  /** Announces a step, does it, and says how long it took. */
  async run<T>(
    title: string,
    work: () => Promise<T>,
    describe: (result: T) => readonly string[] = () => [],
  ): Promise<T> {
    this.interruption.throwIfAborted();
    this.#count += 1;
    const started = performance.now();
    console.log(`\n[${this.#count}/${this.total}] ${title}`);
    const result = await work();
    for (const line of describe(result)) console.log(`      ${line}`);
    console.log(`      done in ${seconds(started)}`);
    return result;
  }

  end(): void {
    console.log(`\nThat was all of it, in ${seconds(this.#started)}.`);
  }
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
