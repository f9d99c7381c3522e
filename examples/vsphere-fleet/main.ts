/**
 * A fleet of SVMs on the hypervisors of a vSphere infrastructure. When its image changes, new SVMs are deployed while
 * the old ones keep protecting; then the old ones are removed.
 *
 *   export KSVLA_ADDRESS=viis.example.com KSVLA_PASSWORD=… KSVLA_THUMBPRINT=…
 *   export TF_VAR_VCENTER_PASSWORD=… TF_VAR_KLCONFIG_PASSWORD=… TF_VAR_ROOT_PASSWORD=…
 *   cdktf deploy --app "npx tsx examples/vsphere-fleet/main.ts" connections fleet
 *
 * Upgrades of that kind need the connection in a stack of its own: see docs/guides/upgrading-svms.md. The names are
 * those of the simulator's world, so it also runs without an Integration Server.
 */
import { App, TerraformOutput, TerraformStack } from "cdktf";
import {
  Infrastructure,
  InfrastructureType,
  KsvlaProvider,
  Secret,
  SvmDeployment,
  SvmImage,
  UpgradeStrategy,
} from "cdktf-ksvla";
import type { Construct } from "constructs";

/** Whom the Integration Server knows. Passwords are rotated here; no SVM is deployed or removed for it. */
class Connections extends TerraformStack {
  readonly vcenter: Infrastructure;

  constructor(scope: Construct, id: string) {
    super(scope, id);

    // Where the Integration Server is and how to sign in comes from the environment.
    new KsvlaProvider(this, "ksvla");

    this.vcenter = new Infrastructure(this, "vcenter", {
      type: InfrastructureType.VMWARE,
      address: "vcenter.example.test",
      // Raise the version when the password has changed.
      admin: { name: "admin", password: Secret.fromVariable("VCENTER_PASSWORD", { version: "1" }) },
      trust: true,
    });
  }
}

interface FleetProps {
  readonly vcenter: Infrastructure;
}

/** What protects the virtual machines. */
class Fleet extends TerraformStack {
  constructor(scope: Construct, id: string, { vcenter }: FleetProps) {
    super(scope, id);

    new KsvlaProvider(this, "ksvla");

    const image = new SvmImage(this, "image", {
      manifestPath: "/opt/svm/svm-6.2.xml",
      infrastructures: [vcenter],
    });

    const fleet = new SvmDeployment(this, "svms", {
      image,
      upgrade: UpgradeStrategy.KEEP_PROTECTING,
      // The image was verified when it was registered.
      skipIntegrityCheck: true,
      ksc: { address: "ksc.example.test", language: "en" },
      root: { allowSsh: true, password: Secret.fromVariable("ROOT_PASSWORD", { version: "1" }) },
      klconfig: { password: Secret.fromVariable("KLCONFIG_PASSWORD", { version: "1" }) },
    });

    fleet.addSvmPerHost({
      infrastructure: vcenter,
      hosts: ["esx-01", "esx-02"],
      storage: "ds1",
      network: "Servers",
    });

    // One more, with a network of its own for management.
    fleet.addSvm("svm-esx-01-backup", {
      infrastructure: vcenter,
      host: "esx-01",
      storage: "ds2",
      networks: [{ network: "Servers", primary: true }, { network: "Management" }],
      localization: "en",
    });

    new TerraformOutput(this, "svm_ids", { value: fleet.svmIds });
    new TerraformOutput(this, "ip_addresses", { value: fleet.ipAddresses });
    new TerraformOutput(this, "svm_version", { value: image.svmVersion });
  }
}

const app = new App();
const { vcenter } = new Connections(app, "connections");
new Fleet(app, "fleet", { vcenter });
app.synth();
