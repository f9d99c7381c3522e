/** What a journal works with. */
import type { Scope } from "./scope";
import type { Store } from "./store";

export interface JournalOptions {
  readonly store: Store;
  /** The Integration Server, as host:port. */
  readonly server: string;
  readonly scope: Scope;
  /** What tells this process from all others. */
  readonly run: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Whether nothing may be begun that cannot be written down. */
  readonly isRequired: boolean;
  /** Told what could not be written where that must not fail anything. */
  readonly report: (error: unknown) => void;
}
