/** A site as it is deployed: its protection, and what others want to know of it. */
import { TerraformOutput, TerraformStack } from "cdktf";
import { KsvlaProvider } from "cdktf-ksvla";
import type { Construct } from "constructs";
import { ProtectedSite, type ProtectedSiteProps } from "./protected-site";

export class SiteStack extends TerraformStack {
  constructor(scope: Construct, id: string, props: ProtectedSiteProps) {
    super(scope, id);

    // Where the Integration Server is and how to sign in comes from the environment.
    new KsvlaProvider(this, "ksvla");
    const site = new ProtectedSite(this, "site", props);

    new TerraformOutput(this, "infrastructure_id", { value: site.infrastructure.infrastructureId });
    new TerraformOutput(this, "svm_addresses", { value: site.svmAddresses });
  }
}
