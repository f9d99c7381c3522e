/** The Integration Server that a stack works with. */
import { TerraformProvider, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { PROVIDER_NAME, PROVIDER_SOURCE, unsupportedPlatform } from "../src/installation";
import { providerSchema } from "../src/provider-schema";
import { readCaCertificate } from "./ca-certificate";
import type { KsvlaProviderConfig } from "./generated/provider";
import { ofOwnKind } from "./kind/own-kind";
import { installWithStack } from "./plugin";
import { Configuration } from "./schema/configuration";
import { constructsOf } from "./schema/constructs-of";
import { propsOf } from "./schema/given";
import { isIdentifier } from "./schema/names";
import { GENERATOR_METADATA } from "./schema/resource";

const KSVLA_PROVIDER = Symbol.for("cdktf-ksvla/KsvlaProvider");

/** The first versions of Terraform and of OpenTofu with ephemeral variables and write-only attributes. */
const REQUIRED_VERSION = ">= 1.11";

/** Which Integration Server a stack works with, and how it is reached. */
export interface KsvlaProviderProps extends KsvlaProviderConfig {
  /**
   * Tells this provider from others of the stack. Constructs that belong to it then say so with `provider`.
   *
   * @default - the provider of every construct that names none
   */
  readonly alias?: string;
  /**
   * The authority that the Integration Server's certificate is verified against: PEM text, or the path of a PEM file. A
   * relative path starts where the app runs, and is read at synth; an absolute one is read where Terraform runs.
   * Environment: `KSVLA_CA_CERTIFICATE`.
   *
   * @default - the system's authorities
   */
  readonly caCertificate?: string;
}

/**
 * Connects a stack to an Integration Server. Synthesis puts the provider's plugin beside the stack, so `cdktf deploy`
 * needs no registry; the stack requires Terraform or OpenTofu 1.11, unless it says otherwise itself.
 *
 * ```ts
 * new KsvlaProvider(this, "ksvla", {
 *   address: "viis.example.com",
 *   thumbprint: "5e:c4:…",
 *   password: Secret.fromVariable("KSVLA_ADMIN_PASSWORD"),
 * });
 * ```
 */
export class KsvlaProvider extends TerraformProvider {
  /** The type's name in Terraform. */
  static readonly tfResourceType = PROVIDER_NAME;

  /** True for a `KsvlaProvider`, of whichever copy of this library. */
  static isKsvlaProvider(construct: IConstruct): construct is KsvlaProvider {
    return KSVLA_PROVIDER in construct;
  }

  private readonly configuration: Configuration;
  private aliasName: string | undefined;

  constructor(scope: Construct, id: string, props: KsvlaProviderProps = {}) {
    const { alias, caCertificate, ...config } = propsOf(props, scope, id);
    super(ofOwnKind(scope, id), id, {
      terraformResourceType: KsvlaProvider.tfResourceType,
      terraformGeneratorMetadata: GENERATOR_METADATA,
      terraformProviderSource: PROVIDER_SOURCE,
    });
    Object.defineProperty(this, KSVLA_PROVIDER, { value: true });
    const authority = caCertificate === undefined ? undefined : readCaCertificate(caCertificate);
    this.aliasName = alias;
    this.configuration = new Configuration({
      element: this,
      schema: providerSchema,
      config: { ...config, caCertificate: authority?.value },
      overrides: () => this.rawOverrides,
      takesEphemeral: true,
    });
    this.node.addValidation({
      validate: () => [
        ...this.platformProblems(),
        ...this.aliasProblems(),
        ...(authority?.problem ? [authority.problem] : []),
      ],
    });
    installWithStack(this);
  }

  override get alias(): string | undefined {
    return this.aliasName;
  }

  override set alias(alias: string | undefined) {
    this.aliasName = alias;
  }

  /**
   * An override of the stack (`terraform.required_version`) is merged later and wins. CDKTF's HCL has no place for it;
   * the plugin itself says so to a version that is too old.
   */
  override toTerraform(): object {
    const { terraform, ...fragment }: { readonly terraform: object } = super.toTerraform();
    return { ...fragment, terraform: { required_version: REQUIRED_VERSION, ...terraform } };
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.configuration.toTerraform();
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.configuration.toHclTerraform();
  }

  private platformProblems(): readonly string[] {
    const problem = unsupportedPlatform();
    return problem === undefined ? [] : [problem];
  }

  private aliasProblems(): readonly string[] {
    if (this.alias !== undefined && !isIdentifier(this.alias)) {
      return [
        `alias: The value must begin with a letter or an underscore, and have letters, digits, "-" and "_" only, got: "${this.alias}".`,
      ];
    }
    const providers = constructsOf(TerraformStack.of(this)).filter(KsvlaProvider.isKsvlaProvider);
    const namesake = providers.find((other) => other !== this && other.alias === this.alias);
    if (!namesake) return [];
    const name = this.alias === undefined ? "has no alias either" : `has the alias "${this.alias}", too`;
    return [`alias: ${namesake.node.path} ${name}. Give each KsvlaProvider of a stack an alias of its own.`];
  }
}
