/**
 * The smallest complete app: connect the Integration Server to a vSphere infrastructure, and look up where an SVM
 * could run.
 *
 *   export KSVLA_ADDRESS=viis.example.com KSVLA_PASSWORD=… KSVLA_THUMBPRINT=…
 *   export TF_VAR_VCENTER_PASSWORD=…
 *   cdktf deploy
 *
 * Its names are those of the simulator's world, so it also runs without an Integration Server: `npm run demo`.
 */
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { Host, Infrastructure, InfrastructureType, KsvlaProvider, Secret } from "cdktf-ksvla";
import type { Construct } from "constructs";

class ProtectedDatacenter extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    // Where the Integration Server is and how to sign in comes from the environment.
    new KsvlaProvider(this, "ksvla");

    const vcenter = new Infrastructure(this, "vcenter", {
      type: InfrastructureType.VMWARE,
      address: "vcenter.example.test",
      admin: { name: "admin", password: Secret.fromVariable("VCENTER_PASSWORD") },
      trust: true,
    });

    const host = new Host(this, "esx-01", { infrastructure: vcenter, name: "esx-01" });

    new TerraformOutput(this, "vcenter_status", { value: vcenter.status });
    new TerraformOutput(this, "vcenter_version", { value: vcenter.version });
    new TerraformOutput(this, "host_state", { value: host.state });
    new TerraformOutput(this, "network_id", { value: host.networkId("Servers") });
    new TerraformOutput(this, "storage_id", { value: host.storageId("ds1") });
  }
}

const app = new App();
new ProtectedDatacenter(app, "quick-start");
app.synth();
