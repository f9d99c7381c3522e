/** The base of every generated resource: the schema does the work. */
import { ImportableResource, type IResolvable, type TerraformMetaArguments, type TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { PROVIDER_NAME } from "../../src/installation/address";
import type { AttributePath, Schema } from "../../src/terraform/schema";
import { VERSION } from "../../src/version";
import { ofOwnKind } from "../kind/own-kind";
import { ComposedResource } from "./composed";
import { Configuration } from "./configuration";
import { checkProvider } from "./foreign-provider";
import { fragment } from "./fragment";
import { hclFragment } from "./hcl";
import { checkName } from "./names";
import { referenceTo } from "./own-reference";

/** What a generated class tells its base. */
export interface Definition {
  /** The type's name in Terraform, such as `ksvla_infrastructure`. */
  readonly type: string;
  readonly schema: Schema;
}

/** For CDKTF's check that a stack has a provider for each of its resources. */
export const GENERATOR_METADATA = {
  providerName: PROVIDER_NAME,
  providerVersion: VERSION,
  providerVersionConstraint: VERSION,
};

export abstract class SchemaResource extends ComposedResource {
  /**
   * Lets `cdktf plan` write the configuration of an object that exists already.
   *
   * @param importToId The construct id that the written configuration gets.
   * @param importFromId The import id, as the reference of the resource describes it.
   * @param provider The provider that knows the object; needed where the stack has several.
   */
  static generateConfigForImport(
    this: { readonly tfResourceType: string },
    scope: Construct,
    importToId: string,
    importFromId: string,
    provider?: TerraformProvider,
  ): ImportableResource {
    return new ImportableResource(scope, importToId, {
      // biome-ignore lint/complexity/noThisInStatic: the class that it is called on knows its type.
      terraformResourceType: this.tfResourceType,
      importId: importFromId,
      ...(provider !== undefined && { provider }),
    });
  }

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
      propertyPath: (attribute) => this.propertyPath(attribute),
    });
    checkName(this);
    checkProvider(this);
  }

  /** @internal How Terraform's expressions name it; of several instances, all of them. */
  get terraformReference(): string {
    return `${this.terraformResourceType}.${this.friendlyUniqueId}${this.forEach === undefined ? "" : ".*"}`;
  }

  override interpolationForAttribute(attribute: string): IResolvable {
    return referenceTo(this, attribute);
  }

  /** Where an attribute is found in the props, for messages about it. */
  protected propertyPath(attribute: AttributePath): AttributePath {
    return attribute;
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
