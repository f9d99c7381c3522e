/**
 * One SVM on each host of a Proxmox VE cluster.
 *
 * The Integration Server verifies Proxmox VE twice, by its TLS certificate and by its SSH key; both are trusted by
 * thumbprint here. It signs in with an account that may only look, and takes the administrator's where SVMs change.
 *
 *   export KSVLA_ADDRESS=viis.example.com KSVLA_PASSWORD=… KSVLA_THUMBPRINT=…
 *   export TF_VAR_PROXMOX_ADMIN_PASSWORD=… TF_VAR_PROXMOX_VIEWER_PASSWORD=… TF_VAR_KLCONFIG_PASSWORD=…
 *   npx cdktf diff
 *   npx cdktf deploy
 *   npx cdktf destroy
 *
 * Names and thumbprints are those of the simulator's world, so it also runs without an Integration Server.
 */
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { Infrastructure, InfrastructureType, KsvlaProvider, Secret, SvmDeployment, SvmImage } from "cdktf-ksvla";
import type { Construct } from "constructs";

class ProtectedProxmox extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    // Where the Integration Server is and how to sign in comes from the environment.
    new KsvlaProvider(this, "ksvla");

    const cluster = new Infrastructure(this, "cluster", {
      type: InfrastructureType.PROXMOX,
      address: "proxmox.example.test",
      // Raise a version when the password has changed.
      admin: { name: "admin", password: Secret.fromVariable("PROXMOX_ADMIN_PASSWORD", { version: "1" }) },
      readOnly: { name: "viewer", password: Secret.fromVariable("PROXMOX_VIEWER_PASSWORD", { version: "1" }) },
      // A server that presents anything else is refused before any password is sent to it.
      trust: {
        thumbprint: "3F710E19CE5ABE9E71E120EB9A211B095C096FA6",
        sshThumbprint: "3887B57E65F1ED0D72B6021955D9FFA30BA6F912",
      },
    });

    const image = new SvmImage(this, "image", {
      manifestPath: "/opt/svm/svm-6.2.xml",
      infrastructures: [cluster],
    });

    const fleet = new SvmDeployment(this, "svms", {
      image,
      ksc: { address: "ksc.example.test", language: "en" },
      root: { allowSsh: false },
      klconfig: { password: Secret.fromVariable("KLCONFIG_PASSWORD", { version: "1" }) },
    });

    // The SVMs are svm-proxmox-01 and svm-proxmox-02, with addresses from DHCP.
    fleet.addSvmPerHost({
      infrastructure: cluster,
      hosts: ["proxmox-01", "proxmox-02"],
      storage: "local",
      network: "Servers",
    });

    new TerraformOutput(this, "proxmox_version", { value: cluster.version });
    new TerraformOutput(this, "svm_ids", { value: fleet.svmIds });
    new TerraformOutput(this, "ip_addresses", { value: fleet.ipAddresses });
  }
}

const app = new App();
new ProtectedProxmox(app, "proxmox");
app.synth();
