/**
 * What a site goes through after its first deployment: its code is regrouped, a password is rotated, its fleet is drained,
 * and in the end it is dismantled. Each is one deployment with one variable more.
 *
 *   export KSVLA_ADDRESS=viis.example.com KSVLA_PASSWORD=… KSVLA_THUMBPRINT=…
 *   export TF_VAR_VCENTER_PASSWORD=… TF_VAR_KLCONFIG_PASSWORD=…
 *   cdktf deploy --app "npx tsx examples/day-two/main.ts"
 *
 *   export REGROUPED=1                  # nothing is planned, and nothing is sent
 *   export VCENTER_PASSWORD_VERSION=2   # with a new TF_VAR_VCENTER_PASSWORD: another connection, the same SVMs
 *   export DRAINED=1                    # the fleet's SVMs are removed; the connection, and the single SVM, stay
 *   export DISMANTLED=1                 # nothing holds the connection any more: cdktf destroy works from now on
 *
 * The names are those of the simulator's world, so it also runs without an Integration Server.
 */
import { App, DataResource, TerraformOutput, TerraformStack } from "cdktf";
import { Infrastructure, InfrastructureType, KsvlaProvider, Secret, Svm, SvmDeployment, SvmImage } from "cdktf-ksvla";
import { Construct } from "constructs";

interface SiteProps {
  /** Whether connection and fleet are part of a construct. In the beginning, they were in the stack itself. */
  readonly regrouped: boolean;
  /** Raised when the password has changed. */
  readonly passwordVersion: string;
  readonly drained: boolean;
  readonly dismantled: boolean;
}

class Site extends TerraformStack {
  constructor(scope: Construct, id: string, { regrouped, passwordVersion, drained, dismantled }: SiteProps) {
    super(scope, id);

    // Where the Integration Server is and how to sign in comes from the environment.
    new KsvlaProvider(this, "ksvla");

    const place = regrouped ? new Construct(this, "datacenter") : this;
    const type = InfrastructureType.VMWARE;
    const address = "vcenter.example.test";
    const infrastructure = new Infrastructure(place, "vcenter", {
      type,
      address,
      admin: { name: "admin", password: Secret.fromVariable("VCENTER_PASSWORD", { version: passwordVersion }) },
      trust: true,
    });
    // The certificate of `trust` moves with it. Where no state has the former address any more, the line says nothing.
    if (regrouped) infrastructure.moveFromId("ksvla_infrastructure.vcenter");

    // preventDestroy of the connection itself would forbid its replacement, which a rotation needs. This forbids what is not
    // one: to destroy it, and to replace it by a connection of another type or to another address.
    if (!dismantled) {
      const triggersReplace = { type: type.name, address };
      new DataResource(this, "guard", { triggersReplace, lifecycle: { preventDestroy: true } });
    }

    const image = new SvmImage(this, "image", {
      manifestPath: "/opt/svm/svm-6.2.xml",
      infrastructures: [infrastructure],
    });
    const settings = {
      ksc: { address: "ksc.example.test" },
      root: {},
      klconfig: { password: Secret.fromVariable("KLCONFIG_PASSWORD") },
    };

    const fleet = new SvmDeployment(place, "svms", { image, ...settings });
    if (regrouped) fleet.moveFrom("svms");
    const hosts = drained ? [] : ["esx-01", "esx-02"];
    const name = (host: string) => `day-two-${host}`;
    fleet.addSvmPerHost({ infrastructure, hosts, name, storage: "ds1", network: "Servers" });

    // For the virtual machines of the administrators, who are the last to go.
    const management = new Svm(this, "day-two-management", {
      image,
      infrastructure,
      host: "esx-01",
      storage: "ds2",
      network: "Management",
      ...settings,
    });

    new TerraformOutput(this, "svm_ids", { value: fleet.svmIds });
    new TerraformOutput(this, "management_svm_id", { value: management.svmId });
  }
}

const { REGROUPED, VCENTER_PASSWORD_VERSION = "1", DRAINED, DISMANTLED } = process.env;

const app = new App();
new Site(app, "site", {
  regrouped: REGROUPED === "1",
  passwordVersion: VCENTER_PASSWORD_VERSION,
  drained: DRAINED === "1",
  dismantled: DISMANTLED === "1",
});
app.synth();
