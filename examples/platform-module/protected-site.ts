/** The company's own construct: a team says what differs between sites; everything else is decided here, once. */
import { Aspects } from "cdktf";
import {
  type IInfrastructure,
  Infrastructure,
  InfrastructureType,
  Secret,
  SvmDeployment,
  SvmImage,
  type TrustOptions,
} from "cdktf-ksvla";
import { Construct } from "constructs";
import { SvmNaming } from "./svm-naming";

/** What the company runs, and where SVMs have their disks there. */
const PLATFORMS = {
  vsphere: { type: InfrastructureType.VMWARE, storage: "ds1" },
  proxmox: { type: InfrastructureType.PROXMOX, storage: "shared" },
};

export interface ProtectedSiteProps {
  /** The site's code, such as `prg`: three lower-case letters. The names of SVMs start with it. */
  readonly code: string;
  readonly platform: keyof typeof PLATFORMS;
  /** The platform's server, within example.test. */
  readonly address: string;
  /** What that server presents. Nothing is trusted only because it was there first. */
  readonly thumbprints: TrustOptions;
  /** The names of the hypervisors to protect. */
  readonly hosts: readonly string[];
  /**
   * Raise it when the password in `TF_VAR_<CODE>_PASSWORD` has changed.
   *
   * @default "1"
   */
  readonly passwordVersion?: string;
}

/** A site whose hypervisors have an SVM each, set up as the company does it. */
export class ProtectedSite extends Construct {
  readonly infrastructure: IInfrastructure;
  private readonly fleet: SvmDeployment;

  constructor(scope: Construct, id: string, props: ProtectedSiteProps) {
    super(scope, id);
    const { code, address, thumbprints, hosts, passwordVersion = "1" } = props;
    const { type, storage } = PLATFORMS[props.platform];

    const infrastructure = new Infrastructure(this, "infrastructure", {
      type,
      address,
      admin: {
        name: "admin",
        password: Secret.fromVariable(`${code.toUpperCase()}_PASSWORD`, { version: passwordVersion }),
      },
      trust: thumbprints,
    });
    this.infrastructure = infrastructure;

    const image = new SvmImage(this, "image", {
      manifestPath: "/opt/svm/svm-6.2.xml",
      infrastructures: [infrastructure],
    });
    this.fleet = new SvmDeployment(this, "svms", {
      image,
      ksc: { address: "ksc.example.test", language: "en" },
      root: { allowSsh: false },
      klconfig: { password: Secret.fromVariable("KLCONFIG_PASSWORD", { version: "1" }) },
    });
    this.fleet.addSvmPerHost({ infrastructure, hosts, storage, network: "Servers" });

    Aspects.of(this).add(new SvmNaming(code));
    this.node.addValidation({
      validate: () => [
        ...problemsOf(props),
        ...infrastructure.certificates
          .filter(({ config }) => config.thumbprint === undefined)
          .map(({ config }) => `thumbprints: There is none for ${config.protocol}://${config.address}.`),
      ],
    });
  }

  /** The addresses of the SVMs, by name within the site. */
  get svmAddresses(): Readonly<Record<string, string>> {
    return this.fleet.ipAddresses;
  }
}

function problemsOf({ code, address, hosts }: ProtectedSiteProps): readonly string[] {
  return [
    ...(/^[a-z]{3}$/.test(code) ? [] : [`code: It must be three lower-case letters, got: ${code}`]),
    ...(address.endsWith(".example.test") ? [] : [`address: It must be within example.test, got: ${address}`]),
    ...(hosts.length > 0 ? [] : ["hosts: A site needs at least one hypervisor."]),
  ];
}
