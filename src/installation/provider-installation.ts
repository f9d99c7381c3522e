/** What a CLI configuration says about installing providers. */

/** One of the blocks in `provider_installation`. */
export interface InstallationMethod {
  /** `filesystem_mirror`, `network_mirror`, `direct`, `dev_overrides`, or what a later version knows. */
  readonly kind: string;
  /** Counted from 1. */
  readonly line: number;
  readonly path?: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** The providers that `dev_overrides` names. */
  readonly overridden: readonly string[];
}

/** A `provider_installation` block. */
export interface ProviderInstallation {
  /** Who reads it. */
  readonly programs: readonly string[];
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly methods: readonly InstallationMethod[];
}
