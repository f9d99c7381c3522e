/** The base of every generated data source: the schema does the work. */
import { type IResolvable, TerraformDataSource, type TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import type { AttributePath } from "../../src/terraform/schema";
import { ofOwnKind } from "../kind/own-kind";
import { Configuration } from "./configuration";
import { checkProvider } from "./foreign-provider";
import { fragment } from "./fragment";
import { hclFragment } from "./hcl";
import { checkName } from "./names";
import { referenceTo } from "./own-reference";
import { type Definition, GENERATOR_METADATA } from "./resource";

export abstract class SchemaDataSource extends TerraformDataSource {
  private readonly configuration: Configuration;
  #meansEach = false;

  constructor(scope: Construct, id: string, { type, schema }: Definition, config: TerraformMetaArguments) {
    super(ofOwnKind(scope, id), id, {
      ...config,
      terraformResourceType: type,
      terraformGeneratorMetadata: GENERATOR_METADATA,
    });
    this.configuration = new Configuration({
      element: this,
      schema,
      config,
      overrides: () => this.rawOverrides,
      late: () => this.lateConfig(),
      takesEphemeral: this.takesEphemeral,
      propertyPath: (attribute) => this.propertyPath(attribute),
    });
    checkName(this);
    checkProvider(this);
  }

  /** @internal How Terraform's expressions name it. */
  get terraformReference(): string {
    const all = this.forEach === undefined ? "" : ".*";
    return `data.${this.terraformResourceType}.${this.friendlyUniqueId}${this.#meansEach ? "[each.key]" : all}`;
  }

  /** @internal Makes expressions mean the instance that belongs to each instance of what they stand in, not all together. */
  meanEach(): void {
    this.#meansEach = true;
  }

  override interpolationForAttribute(attribute: string): IResolvable {
    return referenceTo(this, attribute);
  }

  /** Where an attribute is found in the props, for messages about it. */
  protected propertyPath(attribute: AttributePath): AttributePath {
    return attribute;
  }

  /** Whether Terraform takes ephemeral values for its attributes. */
  protected get takesEphemeral(): boolean {
    return false;
  }

  /** What of the configuration is known at synth only. */
  protected lateConfig(): object {
    return {};
  }

  override toTerraform() {
    return fragment(super.toTerraform());
  }

  override toHclTerraform() {
    return hclFragment(super.toHclTerraform());
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.configuration.toTerraform();
  }

  protected override synthesizeHclAttributes(): Record<string, unknown> {
    return this.configuration.toHclTerraform();
  }
}
