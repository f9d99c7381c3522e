/**
 * A high-availability cluster of two Integration Servers: the one that the provider works with becomes the primary
 * server, trusts the certificate of the other one and registers it as the reserve server.
 *
 *   export KSVLA_ADDRESS=viis.example.com KSVLA_PASSWORD=… KSVLA_THUMBPRINT=…
 *   export TF_VAR_RESERVE_PASSWORD=…
 *   cdktf deploy --app "npx tsx examples/ha-cluster/main.ts"
 *
 * Its names are those of the simulator's world, so it also runs without an Integration Server: `npm run demo -- ha`.
 */
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { KsvlaProvider, ReserveServer, Secret } from "cdktf-ksvla";
import type { Construct } from "constructs";

class HighAvailabilityCluster extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);

    // Where the primary server is and how to sign in comes from the environment.
    new KsvlaProvider(this, "ksvla");

    const reserve = new ReserveServer(this, "reserve", {
      address: "viis-reserve.example.test",
      // The password of the user admin on the reserve server. Raise the version when it has changed.
      password: Secret.fromVariable("RESERVE_PASSWORD", { version: "1" }),
      trust: true,
    });

    new TerraformOutput(this, "reserve_id", { value: reserve.id });
    new TerraformOutput(this, "reserve_status", { value: reserve.status });
    new TerraformOutput(this, "registered_at", { value: reserve.createdAt });
  }
}

const app = new App();
new HighAvailabilityCluster(app, "ha-cluster");
app.synth();
