/**
 * Synthesizes one stack in a process of its own, as `cdktf synth` has it, and prints how many milliseconds that took, from
 * the first construct on. Reads a {@link SynthRequest} from a file that its only argument names; `npm run build` comes before.
 */
import { readFileSync } from "node:fs";
import { App, LocalBackend, TerraformResource, TerraformStack } from "cdktf";
import type * as Constructs from "../../constructs";

/** The package as users get it: the sources, compiled here, would be slower. */
const {
  Infrastructure,
  KsvlaProvider,
  Secret,
  SvmDeployment,
  SvmImage,
}: typeof Constructs = require("../../dist/constructs");

export type SynthRequest = { readonly outdir: string } & (
  | { readonly kind: "fleet"; readonly fleet: FleetRequest }
  | { readonly kind: "plain"; readonly count: number }
);

export interface FleetRequest {
  readonly infrastructureId: string;
  readonly imageId: string;
  readonly svmConcurrency: number;
  readonly places: readonly Place[];
}
/** One SVM runs there: by name, or by id. */
export type Place = { readonly host: string } & Partial<Ids>;
interface Ids {
  readonly id: string;
  readonly storageId: string;
  readonly networkId: string;
}

export const STACK = "bench";

class FleetStack extends TerraformStack {
  constructor(app: App, { infrastructureId, imageId, svmConcurrency, places }: FleetRequest) {
    super(app, STACK);
    new LocalBackend(this, { path: "terraform.tfstate" });
    new KsvlaProvider(this, "ksvla", { pollInterval: "1s", svmConcurrency });
    const infrastructure = Infrastructure.fromInfrastructureId(this, "vcenter", infrastructureId);
    const fleet = new SvmDeployment(this, "fleet", {
      image: SvmImage.fromImageId(this, "image", imageId),
      ksc: { address: "ksc.example.com" },
      root: { allowSsh: false },
      klconfig: { password: Secret.fromVariable("KLCONFIG_PASSWORD", { version: "1" }) },
    });
    for (const { host, id, storageId, networkId } of places) {
      const isByName = id === undefined || storageId === undefined || networkId === undefined;
      fleet.addSvm(`svm-${host}`, {
        infrastructure,
        ...(isByName
          ? { host, storage: "ds1", network: "Servers" }
          : { host: { id }, storage: { id: storageId }, network: { id: networkId } }),
      });
    }
  }
}

/** As many resources of CDKTF's own as a fleet has SVMs and look-ups. */
class PlainStack extends TerraformStack {
  constructor(app: App, count: number) {
    super(app, STACK);
    for (let index = 0; index < count; index++) {
      new TerraformResource(this, `resource-${index}`, { terraformResourceType: "terraform_data" });
    }
  }
}

if (require.main === module) {
  const request = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as SynthRequest;
  const started = performance.now();
  const app = new App({ outdir: request.outdir });
  if (request.kind === "fleet") new FleetStack(app, request.fleet);
  else new PlainStack(app, request.count);
  app.synth();
  console.log(performance.now() - started);
}
