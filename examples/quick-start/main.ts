/**
 * A small, complete app: connect the Integration Server to two virtual infrastructures and deploy an SVM on each of three
 * hypervisors.
 *
 *   export KSVLA_ADDRESS=viis.example.com KSVLA_PASSWORD=… KSVLA_THUMBPRINT=…
 *   export TF_VAR_VCENTER_PASSWORD=… TF_VAR_PROXMOX_PASSWORD=… TF_VAR_KLCONFIG_PASSWORD=…
 *   export TF_VAR_KSC_ADDRESS=ksc.example.com
 *   cdktf deploy
 *
 * Its names are those of the simulator's world, so it also runs without an Integration Server: `npm run demo`.
 */
import { App, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Infrastructure, InfrastructureType, KsvlaProvider, Secret, SvmDeployment, SvmImage } from "cdktf-ksvla";
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
    const proxmox = new Infrastructure(this, "proxmox", {
      type: InfrastructureType.PROXMOX,
      address: "proxmox.example.test",
      admin: { name: "admin", password: Secret.fromVariable("PROXMOX_PASSWORD") },
      trust: true,
    });

    const image = new SvmImage(this, "image", {
      manifestPath: "/opt/svm/svm-6.2.xml",
      infrastructures: [vcenter, proxmox],
    });

    // Kaspersky Security Center, which manages the SVMs. Another address reconfigures them all, in one task.
    const ksc = new TerraformVariable(this, "KSC_ADDRESS", { type: "string" });
    const fleet = new SvmDeployment(this, "fleet", {
      image,
      ksc: { address: ksc.stringValue },
      root: { allowSsh: false },
      klconfig: { password: Secret.fromVariable("KLCONFIG_PASSWORD") },
      svms: {
        "svm-01": { infrastructure: vcenter, host: "esx-01", storage: "ds1", network: "Servers" },
        "svm-02": { infrastructure: vcenter, host: "esx-02", storage: "ds1", network: "Servers" },
        "svm-03": { infrastructure: proxmox, host: "proxmox-01", storage: "local", network: "Servers" },
      },
    });

    new TerraformOutput(this, "svm_ids", { value: fleet.svmIds });
    new TerraformOutput(this, "ip_addresses", { value: fleet.ipAddresses });
  }
}

const app = new App();
new ProtectedDatacenter(app, "quick-start");
app.synth();
