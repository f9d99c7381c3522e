/** The provider's configuration, and the client that came of it. */

import { DiagnosticError } from "../diagnostics";
import { type AttributePath, renderPath } from "../values/path";

type State =
  | { readonly kind: "none" }
  | { readonly kind: "unknown"; readonly paths: readonly AttributePath[] }
  | { readonly kind: "client"; readonly client: unknown };

export class Configuration {
  private state: State = { kind: "none" };
  private waiting: ((client: unknown) => void)[] = [];

  constructor(private readonly providerName: string) {}

  /** Remembers what the provider's `configure` returned. */
  succeed(client: unknown): void {
    this.state = { kind: "client", client };
    const { waiting } = this;
    this.waiting = [];
    for (const use of waiting) use(client);
  }

  /** Hands the client over as soon as there is one, which may be never. */
  whenKnown(use: (client: unknown) => void): void {
    if (this.state.kind === "client") use(this.state.client);
    else this.waiting.push(use);
  }

  /** Remembers why there is no client yet. */
  postpone(unknownPaths: readonly AttributePath[]): void {
    this.state = { kind: "unknown", paths: unknownPaths };
  }

  /** What `configure` returned, if it has been called and everything was known. */
  get clientIfKnown(): unknown {
    return this.state.kind === "client" ? this.state.client : undefined;
  }

  /**
   * What `configure` returned.
   *
   * @throws DiagnosticError when there is nothing yet
   */
  get client(): unknown {
    const { state } = this;
    if (state.kind === "client") return state.client;
    throw state.kind === "unknown" ? this.notKnownYet(state.paths) : this.notConfigured();
  }

  private notKnownYet(paths: readonly AttributePath[]): DiagnosticError {
    const names = paths.map((path) => `\`${renderPath(path)}\``).join(", ");
    return new DiagnosticError(
      "Provider configuration is not known yet",
      `The configuration of the provider "${this.providerName}" depends on values that are only known after apply: ${names}. Set them to values that are known now, or apply what they depend on first, with \`-target\`.`,
    );
  }

  private notConfigured(): DiagnosticError {
    return new DiagnosticError(
      "Provider is not configured",
      `The provider "${this.providerName}" was asked for something that needs its configuration before it was configured.`,
    );
  }
}
