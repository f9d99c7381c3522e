/**
 * A fleet that is upgraded on a limited number of hypervisors at a time. In each group, the new SVMs run before the old ones
 * are removed; the next group is begun when the one before is done.
 *
 *   export KSVLA_ADDRESS=viis.example.com KSVLA_PASSWORD=… KSVLA_THUMBPRINT=…
 *   export TF_VAR_VCENTER_PASSWORD=… TF_VAR_KLCONFIG_PASSWORD=…
 *   UPGRADED_GROUPS=0 npx cdktf deploy connections fleet   # before the upgrade
 *   npx tsx upgrade.ts                                     # the upgrade, group by group
 *   npx cdktf deploy connections fleet                     # from then on
 *
 * docs/guides/upgrading-svms.md says what else limits an upgrade. The names are those of the simulator's world, so it also
 * runs without an Integration Server.
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
import { GROUPS } from "./hypervisors";

/** An upgrade that keeps protecting needs the connection in a stack of its own. */
class Connections extends TerraformStack {
  readonly vcenter: Infrastructure;

  constructor(scope: Construct, id: string) {
    super(scope, id);

    // Where the Integration Server is and how to sign in comes from the environment.
    new KsvlaProvider(this, "ksvla");

    this.vcenter = new Infrastructure(this, "vcenter", {
      type: InfrastructureType.VMWARE,
      address: "vcenter.example.test",
      admin: { name: "admin", password: Secret.fromVariable("VCENTER_PASSWORD", { version: "1" }) },
      trust: true,
    });
  }
}

interface FleetProps {
  readonly vcenter: Infrastructure;
  /** How many of the groups have the new image. */
  readonly upgraded: number;
}

class Fleet extends TerraformStack {
  constructor(scope: Construct, id: string, { vcenter, upgraded }: FleetProps) {
    super(scope, id);

    new KsvlaProvider(this, "ksvla");

    const images = {
      before: new SvmImage(this, "before", { manifestPath: "/opt/svm/svm-6.2.xml", infrastructures: [vcenter] }),
      after: new SvmImage(this, "after", { manifestPath: "/opt/svm/svm-6.2.1.xml", infrastructures: [vcenter] }),
    };
    const groups = GROUPS.map((hosts, index) => {
      const group = new SvmDeployment(this, `group-${index + 1}`, {
        image: index < upgraded ? images.after : images.before,
        upgrade: UpgradeStrategy.KEEP_PROTECTING,
        ksc: { address: "ksc.example.test" },
        root: { allowSsh: false },
        klconfig: { password: Secret.fromVariable("KLCONFIG_PASSWORD", { version: "1" }) },
        // A new SVM that does not run ends the upgrade before its predecessor is removed.
        lifecycle: {
          postcondition: [
            {
              // Null: the server's list does not show it yet.
              // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform.
              condition: '${coalesce(self.state, "Enabled") == "Enabled"}',
              errorMessage: "The SVM does not run.",
            },
          ],
        },
      });
      group.addSvmPerHost({ infrastructure: vcenter, hosts, storage: "ds1", network: "Servers" });
      return group;
    });

    new TerraformOutput(this, "svm_ids", { value: groups.map(({ svmIds }) => svmIds) });
  }
}

const { UPGRADED_GROUPS = String(GROUPS.length) } = process.env;
const app = new App();
const { vcenter } = new Connections(app, "connections");
new Fleet(app, "fleet", { vcenter, upgraded: Number(UPGRADED_GROUPS) });
app.synth();
