/**
 * SVMs on two Microsoft Hyper-V hosts: fixed addresses in the VLAN of the servers, a second adapter in that of
 * management.
 *
 * The Integration Server does not verify Hyper-V's identity, so nothing has to be trusted. An SVM with a fixed address
 * needs name servers; they are the same for all of them.
 *
 *   export KSVLA_ADDRESS=viis.example.com KSVLA_PASSWORD=… KSVLA_THUMBPRINT=…
 *   export TF_VAR_HYPERV_PASSWORD=… TF_VAR_KLCONFIG_PASSWORD=…
 *   npx cdktf diff
 *   npx cdktf deploy
 *   npx cdktf destroy
 *
 * Names are those of the simulator's world, so it also runs without an Integration Server.
 */
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { Infrastructure, InfrastructureType, KsvlaProvider, Secret, SvmDeployment, SvmImage } from "cdktf-ksvla";
import type { Construct } from "constructs";

const VLANS = { servers: 120, management: 900 };

/** Of the servers: the SVMs' addresses, by host, and what they have in common. */
const SUBNET = { mask: "255.255.255.0", gateway: "10.1.20.1" };
const ADDRESSES = {
  "hyperv-01": "10.1.20.11",
  "hyperv-02": "10.1.20.12",
};

class ProtectedHyperV extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    // Where the Integration Server is and how to sign in comes from the environment.
    new KsvlaProvider(this, "ksvla");

    const hyperV = new Infrastructure(this, "hyper-v", {
      type: InfrastructureType.HYPERV,
      address: "hyperv.example.test",
      // A domain account is written as "DOMAIN\\name". Raise the version when the password has changed.
      admin: { name: "admin", password: Secret.fromVariable("HYPERV_PASSWORD", { version: "1" }) },
    });

    const image = new SvmImage(this, "image", {
      // On an Integration Server that runs on Windows.
      manifestPath: "C:\\SVM\\svm-6.2.xml",
      infrastructures: [hyperV],
    });

    const fleet = new SvmDeployment(this, "svms", {
      image,
      dns: { main: "10.1.0.53", alternative: "10.2.0.53" },
      ksc: { address: "ksc.example.test" },
      root: { allowSsh: false },
      klconfig: { password: Secret.fromVariable("KLCONFIG_PASSWORD", { version: "1" }) },
    });

    for (const [host, address] of Object.entries(ADDRESSES)) {
      fleet.addSvm(`svm-${host}`, {
        infrastructure: hyperV,
        host,
        storage: "shared",
        networks: [
          { network: "Servers", primary: true, vlanId: VLANS.servers, static: { ...SUBNET, address } },
          { network: "Management", vlanId: VLANS.management },
        ],
      });
    }

    new TerraformOutput(this, "svm_ids", { value: fleet.svmIds });
  }
}

const app = new App();
new ProtectedHyperV(app, "hyperv-vlan");
app.synth();
