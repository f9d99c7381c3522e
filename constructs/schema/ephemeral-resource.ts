/** The base of every generated ephemeral resource: what a data source is, in a block of its own, which CDKTF has no class for. */
import type { TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import { knowsFeatures, registerFeature } from "../kind/features";
import { SchemaDataSource } from "./data-source";
import { fragment } from "./fragment";
import { textOf } from "./own-reference";
import type { Definition } from "./resource";

export abstract class SchemaEphemeralResource extends SchemaDataSource {
  constructor(scope: Construct, id: string, definition: Definition, config: TerraformMetaArguments) {
    super(scope, id, definition, config);
    registerFeature(this, "ephemeralResources");
  }

  /** @internal */
  override get terraformReference(): string {
    return super.terraformReference.replace(/^data\./, "ephemeral.");
  }

  override get fqn(): string {
    return textOf(this);
  }

  override toTerraform() {
    const { data } = super.toTerraform();
    return fragment({ ephemeral: data });
  }

  override toHclTerraform() {
    if (!knowsFeatures(this)) {
      throw new Error(
        `[${this.node.path}] CDKTF writes no ephemeral resources as HCL: it would leave this one out. Synthesize JSON: cdktf synth, without --hcl.`,
      );
    }
    const { data } = super.toHclTerraform();
    return { ephemeral: data };
  }

  protected override get takesEphemeral(): boolean {
    return true;
  }
}
