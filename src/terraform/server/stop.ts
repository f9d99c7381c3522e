/** The end of a provider's work, for all that is in progress: hundreds of operations come and go without a trace. */
export class Stop {
  #isAsked = false;
  readonly #interrupts = new Set<() => void>();

  ask(): void {
    this.#isAsked = true;
    const interrupts = [...this.#interrupts];
    this.#interrupts.clear();
    for (const interrupt of interrupts) interrupt();
  }

  /** Calls it once, at once where it was asked before; returns what makes it forget. */
  onAsked(interrupt: () => void): () => void {
    if (this.#isAsked) interrupt();
    else this.#interrupts.add(interrupt);
    return () => this.#interrupts.delete(interrupt);
  }
}
