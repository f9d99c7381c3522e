/** The base of every generated data source: the schema does the work. */
import { TerraformDataSource, type TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import type { AttributePath } from "../../src/terraform/schema";
import { ofOwnKind } from "../kind/own-kind";
import { Configuration } from "./configuration";
import { checkProvider } from "./foreign-provider";
import { hclFragment } from "./hcl";
import { checkName } from "./names";
import { type Definition, GENERATOR_METADATA } from "./resource";

export abstract class SchemaDataSource extends TerraformDataSource {
  private readonly configuration: Configuration;

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
      propertyPath: (attribute) => this.propertyPath(attribute),
    });
    checkName(this);
    checkProvider(this);
  }

  /** Where an attribute is found in the props, for messages about it. */
  protected propertyPath(attribute: AttributePath): AttributePath {
    return attribute;
  }

  /** What of the configuration is known at synth only. */
  protected lateConfig(): object {
    return {};
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
