/** What was found, as an app of CDKTF or CDK Terrain that imports it. */
import { VERSION } from "../../version";
import type { Files } from "./files";
import type { Found, FoundInfrastructure, FoundSvm, SvmConfig } from "./found";
import { accountsOf, type Known, type Variable } from "./variables";

/** What an app of one of the two CDKs is made of. */
interface Kit {
  /** The CDK's package, and ours for it. */
  readonly cdk: string;
  readonly ksvla: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  /** What cdktf.json has beside the app. */
  readonly config: object;
}

const KITS = {
  cdktf: {
    cdk: "cdktf",
    ksvla: "cdktf-ksvla",
    dependencies: { cdktf: "^0.21.0", constructs: "^10.4.2" },
    devDependencies: { "cdktf-cli": "^0.21.0" },
    config: {},
  },
  cdktn: {
    cdk: "cdktn",
    ksvla: "cdktf-ksvla/cdktn",
    dependencies: { cdktn: "^0.24.0", constructs: ">=10.6.0 <10.8.0" },
    devDependencies: { "cdktn-cli": "^0.24.0" },
    // Else it takes the app to be for versions without ephemeral variables, too.
    config: { targetVersions: { terraform: ">=1.11" } },
  },
} as const satisfies Readonly<Record<string, Kit>>;

/** @throws where a name would mean something to CDKTF that nothing can escape */
export function cdktfFiles(found: Found, kit: keyof typeof KITS): Files {
  const { dependencies, devDependencies, config } = KITS[kit];
  return {
    "main.ts": mainText(found, KITS[kit]),
    "cdktf.json": json({ language: "typescript", app: "npx tsx main.ts", sendCrashReports: "false", ...config }),
    "package.json": json({
      name: "discovered",
      private: true,
      dependencies: { "cdktf-ksvla": `^${VERSION}`, ...dependencies },
      devDependencies: { ...devDependencies, tsx: "^4.0.0" },
    }),
    "tsconfig.json": json({
      compilerOptions: { target: "es2022", module: "nodenext", strict: true, noEmit: true, skipLibCheck: true },
      include: ["main.ts"],
    }),
    ".gitignore": "node_modules/\ncdktf.out/\n*.tfstate\n*.tfstate.*\n",
  };
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function mainText({ infrastructures }: Found, { cdk, ksvla }: Kit): string {
  const body = infrastructures.flatMap((each) => ["", ...connection(each), ...fleet(each)]);
  const hasOwn = infrastructures.some(({ isManaged }) => !isManaged);
  const hasSvms = infrastructures.some(({ svms }) => svms.length > 0);
  const needsVariables = infrastructures.some((each) => !each.isManaged && namesOf(each).length > 0);
  const used = [
    ...["Infrastructure", "InfrastructureType", "KsvlaProvider"],
    ...(hasOwn ? ["Secret"] : []),
    ...(hasSvms ? ["SvmDeployment", "SvmImage"] : []),
  ];
  return [
    "// Written by ksvla discover. The importFrom lines have done their work once this is deployed, and can be removed.",
    `import { App, TerraformStack${needsVariables ? ", TerraformVariable" : ""} } from "${cdk}";`,
    `import { ${used.join(", ")} } from "${ksvla}";`,
    'import type { Construct } from "constructs";',
    "",
    "class Discovered extends TerraformStack {",
    "  constructor(scope: Construct, id: string) {",
    "    super(scope, id);",
    "",
    "    // KSVLA_ADDRESS, KSVLA_PASSWORD and KSVLA_THUMBPRINT in the environment, or arguments here.",
    '    new KsvlaProvider(this, "ksvla");',
    ...(hasSvms ? IMAGE : []),
    ...body,
    "  }",
    "}",
    "",
    "const app = new App();",
    'new Discovered(app, "discovered");',
    "app.synth();",
    "",
  ].join("\n");
}

const IMAGE = [
  "",
  '    // The API does not tell which image, storage and flavor an SVM was deployed with: here they are "unknown". Another',
  "    // value replaces the SVM. To let Terraform change settings of SVMs, give a fleet its ksc, root and klconfig.",
  '    const image = SvmImage.fromImageId(this, "image", "unknown");',
];

function connection(infrastructure: FoundInfrastructure): readonly string[] {
  const { id, identifier, settings, isManaged } = infrastructure;
  const { type, address, openstack } = settings;
  const kind = `InfrastructureType.${type}`;
  if (isManaged) {
    const attributes = `{ infrastructureId: ${literal(id)}, type: ${kind} }`;
    return [
      `    const ${identifier} = Infrastructure.fromInfrastructureAttributes(this, "${identifier}", ${attributes});`,
    ];
  }
  return [
    ...namesOf(infrastructure).map(
      ({ name, description }) =>
        `    const ${name} = new TerraformVariable(this, "${name}", { type: "string", description: ${literal(description)} });`,
    ),
    `    const ${identifier} = new Infrastructure(this, "${identifier}", {`,
    `      type: ${kind},`,
    `      address: ${literal(address)},`,
    ...(openstack === null
      ? []
      : [`      openstack: ${object({ protocol: text(openstack.protocol), region: text(openstack.region) })},`]),
    ...accountsOf(infrastructure).map(({ attribute, name, domain, password }) => {
      const secret = `Secret.fromVariable("${password.name}")`;
      return `      ${attribute}: ${object({ name: known(name), domain: domain && known(domain), password: secret })},`;
    }),
    "    });",
    `    ${identifier}.importFrom(${literal(id)});`,
  ];
}

/** The variables that are no secrets. */
function namesOf(infrastructure: FoundInfrastructure): readonly Variable[] {
  return accountsOf(infrastructure).flatMap(({ name, domain }) =>
    [name, domain].flatMap((each) => (each !== undefined && "variable" in each ? [each.variable] : [])),
  );
}

function fleet({ identifier, svms }: FoundInfrastructure): readonly string[] {
  if (svms.length === 0) return [];
  const variable = `${identifier}_svms`;
  return [
    `    const ${variable} = new SvmDeployment(this, "${variable}", {`,
    "      image,",
    "      svms: {",
    ...svms.map((svm) => `        ${svm.identifier}: ${svmText(identifier, svm)}, // on ${comment(svm.place)}`),
    "      },",
    "    });",
    ...svms.map((svm) => `    ${variable}.svm("${svm.identifier}").importFrom(${literal(svm.importId)});`),
  ];
}

function svmText(infrastructure: string, { name, config }: FoundSvm): string {
  return object({ name: text(name), infrastructure, ...placement(config) });
}

function placement({ host, openstack }: SvmConfig): Readonly<Record<string, string | undefined>> {
  if (host !== null) {
    const networks = host.networks.map(({ id, primary }) => object({ network: byId(id), primary: flag(primary) }));
    return { host: byId(host.id), storage: byId(host.storageId), networks: list(networks) };
  }
  if (openstack === null) return {};
  const networks = openstack.networks.map(({ id, ports }) => {
    const ofNetwork = ports.map(({ primary, portSecurityEnabled, securityGroupIds }) =>
      object({
        primary: flag(primary),
        portSecurityEnabled: flag(portSecurityEnabled),
        securityGroups: securityGroupIds === null ? undefined : list(securityGroupIds.map(byId)),
      }),
    );
    return object({ network: byId(id), ports: list(ofNetwork) });
  });
  return { project: byId(openstack.projectId), flavor: byId(openstack.flavorId), networks: list(networks) };
}

function known(value: Known): string {
  return "text" in value ? literal(value.text) : `${value.variable.name}.stringValue`;
}

function byId(id: string): string {
  return `{ id: ${literal(id)} }`;
}

function text(value: string | null): string | undefined {
  return value === null ? undefined : literal(value);
}

function flag(value: boolean | null): string | undefined {
  return value === null ? undefined : String(value);
}

function list(items: readonly string[]): string {
  return `[${items.join(", ")}]`;
}

/** Without what is not there. */
function object(properties: Readonly<Record<string, string | undefined>>): string {
  const written = Object.entries(properties).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return value === name ? [name] : [`${name}: ${value}`];
  });
  return written.length === 0 ? "{}" : `{ ${written.join(", ")} }`;
}

/** A text that Terraform takes as it is: in CDKTF, texts are templates. */
function literal(value: string): string {
  if (value.includes("${TfToken[")) {
    throw new Error(
      `CDKTF would read the name "${value}" as a reference of its own. Use --format hcl, which takes any name.`,
    );
  }
  return JSON.stringify(value.replace(/[$%](?=\{)/g, "$&$&"));
}

/** A name in a comment ends where its line does. */
function comment(value: string): string {
  return value.replace(/[\r\n\u2028\u2029]/g, " ");
}
