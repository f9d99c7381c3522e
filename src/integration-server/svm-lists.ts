/** The SVMs of infrastructures, read once for everyone: many SVMs are refreshed with few requests. */
import type { Infrastructures } from "./infrastructures";
import type { VirtualMachine } from "./objects";
import { SharedReading } from "./shared-reading";
import type { SvmReadOptions } from "./svm";

/** Milliseconds for which a list is good enough. */
const LIFE = 5_000;

export class SvmLists {
  readonly #readings = new Map<string, SharedReading<readonly VirtualMachine[]>>();

  constructor(private readonly infrastructures: Pick<Infrastructures, "objects">) {}

  /** All SVMs of an infrastructure with their network adapters. */
  async read(
    infrastructureId: string,
    { fresh = false, signal }: SvmReadOptions = {},
  ): Promise<readonly VirtualMachine[]> {
    const reading = this.#readings.get(infrastructureId) ?? this.#newReading(infrastructureId);
    return fresh ? reading.fresh(signal) : reading.recent(signal);
  }

  /** To be told of every change to an infrastructure's SVMs. */
  forget(infrastructureId: string): void {
    this.#readings.get(infrastructureId)?.forget();
  }

  #newReading(infrastructureId: string): SharedReading<readonly VirtualMachine[]> {
    const reading = new SharedReading(async (signal) => {
      const { vms } = await this.infrastructures.objects(infrastructureId, { types: ["SVM"], detailed: true, signal });
      return vms;
    }, LIFE);
    this.#readings.set(infrastructureId, reading);
    return reading;
  }
}
