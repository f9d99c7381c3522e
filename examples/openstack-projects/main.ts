/**
 * One SVM in each of several OpenStack projects, with flavor, networks and security groups by name.
 *
 * Over https, the Integration Server verifies Keystone and each microservice that an SVM needs. Their addresses are in
 * the cloud's service catalog, which `openstack catalog list` shows. One that is missing below is named by the first
 * deployment: the connection is tested before it is added, and the error lists the address of each microservice whose
 * certificate is not trusted.
 *
 *   export KSVLA_ADDRESS=viis.example.com KSVLA_PASSWORD=… KSVLA_THUMBPRINT=…
 *   export TF_VAR_OPENSTACK_PASSWORD=… TF_VAR_KLCONFIG_PASSWORD=…
 *   npx cdktf diff
 *   npx cdktf deploy
 *   npx cdktf destroy
 *
 * Names are those of the simulator's world, so it also runs without an Integration Server.
 */
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { Infrastructure, InfrastructureType, KsvlaProvider, Secret, SvmDeployment, SvmImage } from "cdktf-ksvla";
import type { Construct } from "constructs";

/** Compute, glance, neutron and cinder in the region below. */
const MICROSERVICES = ["192.0.2.61:8774", "192.0.2.61:9292", "192.0.2.61:9696", "192.0.2.61:8776"];

class ProtectedCloud extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    // Where the Integration Server is and how to sign in comes from the environment.
    new KsvlaProvider(this, "ksvla");

    const cloud = new Infrastructure(this, "cloud", {
      type: InfrastructureType.OPENSTACK,
      address: "openstack.example.test",
      openstack: { protocol: "https", region: "RegionOne" },
      admin: {
        name: "admin",
        domain: "Default",
        // Raise the version when the password has changed.
        password: Secret.fromVariable("OPENSTACK_PASSWORD", { version: "1" }),
      },
      // Keystone's certificate, and those of the microservices.
      trust: { microservices: MICROSERVICES },
    });

    const image = new SvmImage(this, "image", { manifestPath: "/opt/svm/svm-6.2.xml", infrastructures: [cloud] });
    const fleet = new SvmDeployment(this, "svms", {
      image,
      ksc: { address: "ksc.example.test" },
      root: { allowSsh: false },
      klconfig: { password: Secret.fromVariable("KLCONFIG_PASSWORD", { version: "1" }) },
    });

    // The least that an SVM needs: a flavor, and a network with an address from DHCP.
    fleet.addSvm("svm-default", {
      infrastructure: cloud,
      project: "security",
      domain: "Default",
      flavor: "svm.medium",
      network: "Servers",
    });

    // Everything that can be chosen. The domain tells projects of one name apart.
    fleet.addSvm("svm-production", {
      infrastructure: cloud,
      project: "security",
      domain: "Production",
      flavor: "svm.large",
      volumeType: "ssd",
      availabilityZone: "az-2",
      serverGroup: "svm-anti-affinity",
      networks: [{ network: "Servers", ports: [{ portSecurityEnabled: true, securityGroups: ["default", "svm"] }] }],
    });

    new TerraformOutput(this, "svm_ids", { value: fleet.svmIds });
    new TerraformOutput(this, "ip_addresses", { value: fleet.ipAddresses });
  }
}

const app = new App();
new ProtectedCloud(app, "openstack-projects");
app.synth();
