/** Fleets of SVMs. */
import {
  ref,
  TerraformIterator,
  type TerraformProvider,
  type TerraformResourceLifecycle,
  TerraformStack,
  Token,
} from "cdktf";
import { Construct, type IConstruct } from "constructs";
import type { AttributePath } from "../../src/terraform/schema";
import type { Problem } from "../../src/terraform/schema/schema";
import { ofOwnKind } from "../kind/own-kind";
import { renderProblems } from "../schema/configuration";
import { withoutUndefined } from "../schema/defined";
import { listOf, propsOf, recordAt } from "../schema/given";
import { isDynamic } from "../schema/late";
import { fieldsOf, isRecord } from "../schema/record";
import { shared } from "../schema/shared";
import { isUnresolved } from "../schema/tokens";
import { nameAt } from "./former-address";
import { comesLate } from "./lists";
import { OutputOfEach } from "./output-of-each";
import {
  type FleetSvmProps,
  pickShared,
  type SvmImageOptions,
  type SvmPerHostProps,
  type SvmSharedProps,
} from "./props";
import { fleetPropertyProblems, sharedPropertyProblems } from "./rules";
import { type ISvm, Svm, type SvmAttributes } from "./svm";
import { noticeReplacement } from "./upgrade-notice";
import { upgradeProblems } from "./upgrade-rules";

const MIXED_HOSTS =
  "The value must be one list, known at synth or to Terraform, since each hypervisor gets an SVM of its own, got: some of both.";
const NO_RECORD =
  "The value must be an object that is known at synth, with an SVM under each name, got: something else. Add SVMs that come from " +
  "elsewhere with addSvm.";
const NO_LIST = "The value must be a list of names, got: something else.";
const NO_FUNCTION =
  "The value must be a function that makes the name of an SVM of that of its hypervisor, got: something else.";
const CUT_NAME =
  "Of hosts that only Terraform knows, the function gets a token, which has to be in the name as it is, such as " +
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an example of code.
  "`svm-${host}`; got: a name without it.";

/** What the SVMs of a fleet share, and the SVMs. */
export interface SvmDeploymentProps extends SvmSharedProps, SvmImageOptions {
  /**
   * The SVMs, by name. More can be added with {@link SvmDeployment.addSvm} and {@link SvmDeployment.addSvmPerHost}. A
   * fleet may have none, as when a site is drained.
   *
   * @default - none
   */
  readonly svms?: Readonly<Record<string, FleetSvmProps>>;
}

/** SVMs that belong together, deployed by this stack or by another. */
export interface ISvmDeployment extends IConstruct {
  /** The SVMs, by name within the deployment. */
  readonly svms: Readonly<Record<string, ISvm>>;
  /** The ids of the SVMs, by name within the deployment. */
  readonly svmIds: Readonly<Record<string, string>>;
  /** The IP addresses of the SVMs that are known, by name within the deployment. */
  readonly ipAddresses: Readonly<Record<string, string>>;
  /** The provider that knows them; undefined where nobody said it. */
  readonly provider?: TerraformProvider | undefined;
}

/** What is known of SVMs that another stack deploys. */
export interface SvmDeploymentAttributes {
  /** The SVMs, by name within the deployment. */
  readonly svms: Readonly<Record<string, SvmAttributes>>;
  /**
   * The provider of the Integration Server that knows them.
   *
   * @default - what is said of each
   */
  readonly provider?: TerraformProvider;
}

/**
 * A fleet of SVMs, on any number of hypervisors and in OpenStack projects, from one image and with shared settings. What
 * an SVM sets itself takes the place of the shared setting as a whole. SVMs that are deployed, reconfigured or removed at
 * the same time share one task of the Integration Server.
 *
 * ```ts
 * new SvmDeployment(this, "fleet", {
 *   image,
 *   ksc: { address: "ksc.example.com" },
 *   root: { allowSsh: false },
 *   klconfig: { password: Secret.fromVariable("KLCONFIG_PASSWORD") },
 *   svms: {
 *     "svm-01": { infrastructure: vcenter, host: "esx-01", storage: "ds1", network: "Servers" },
 *     "svm-02": { infrastructure: vcenter, host: "esx-02", storage: "ds1", network: "Servers" },
 *   },
 * });
 * ```
 */
export class SvmDeployment extends Construct implements ISvmDeployment {
  /** Refers to SVMs of elsewhere by their ids, by name. */
  static fromSvmIds(scope: Construct, id: string, svmIds: Readonly<Record<string, string>>): ISvmDeployment {
    const svms = Object.entries(propsOf(svmIds, scope, id)).map(([name, svmId]) => [name, { svmId }] as const);
    return SvmDeployment.fromSvmDeploymentAttributes(scope, id, { svms: Object.fromEntries(svms) });
  }

  /** Refers to SVMs of elsewhere of which more is known than the ids. */
  static fromSvmDeploymentAttributes(
    scope: Construct,
    id: string,
    attributes: SvmDeploymentAttributes,
  ): ISvmDeployment {
    const { svms, provider } = propsOf(attributes, scope, id);
    const fleet = new Construct(scope, id);
    const all = recordAt(`[${fleet.node.path}] svms:`, svms);
    const references = Object.entries(all).map(([name, given]) => {
      const known = { ...(provider !== undefined && { provider }), ...propsOf(given, fleet, name) };
      return [name, Svm.fromSvmAttributes(fleet, name, known)] as const;
    });
    const addresses = references.flatMap(([name, { ipAddress }]) =>
      ipAddress === undefined ? [] : [[name, ipAddress]],
    );
    return Object.assign(fleet, {
      svms: Object.fromEntries(references),
      svmIds: Object.fromEntries(references.map(([name, { svmId }]) => [name, svmId])),
      ipAddresses: Object.fromEntries(addresses),
      provider,
    });
  }

  /** What the SVMs are deployed through, unless they say otherwise. */
  readonly provider: TerraformProvider | undefined;

  private readonly image: SvmImageOptions;
  private readonly shared: SvmSharedProps;
  private readonly refused: Problem[] = [];
  private readonly uses: ((svm: Svm, name: string) => unknown)[] = [];
  private readonly members: Record<string, Svm> = {};
  private readonly ids = new OutputOfEach("id", (svm) => svm.id);
  private readonly addresses = new OutputOfEach("ip_address", (svm) => svm.ipAddress);

  constructor(scope: Construct, id: string, props: SvmDeploymentProps) {
    super(ofOwnKind(scope, id), id);
    const { image, upgrade, allowSecondConnection = false, svms = {}, ...settings } = propsOf(props, scope, id);
    this.provider = settings.provider;
    this.image = { image, allowSecondConnection, ...(upgrade !== undefined && { upgrade }) };
    this.shared = toShared(pickShared(settings));
    this.node.addValidation({
      validate: () => {
        noticeReplacement(this, Object.keys(this.members).length, upgrade);
        return [
          ...renderProblems(this.refused),
          ...renderProblems(upgradeProblems(Object.values(this.members), this.image)),
          ...renderProblems(sharedPropertyProblems(settings)),
        ];
      },
    });
    if (!isRecord(svms)) this.refuse(["svms"], NO_RECORD);
    else for (const [name, svm] of Object.entries(withoutUndefined(svms))) this.addSvm(name, svm);
  }

  /** The SVMs, by name within the deployment. The object gets those that are added later, too: an output has them all. */
  get svms(): Readonly<Record<string, Svm>> {
    return this.members;
  }

  /** The ids of the {@link svms}. Of an SVM with `forEach`, Terraform has a map here, from its keys to ids. */
  get svmIds(): Readonly<Record<string, string>> {
    return this.ids.of(this.members);
  }

  /** The IP addresses of the {@link svms}. Of an SVM with `forEach`, Terraform has a map here, from its keys to addresses. */
  get ipAddresses(): Readonly<Record<string, string>> {
    return this.addresses.of(this.members);
  }

  /**
   * The SVM of a name within the deployment.
   *
   * @throws Error when there is none.
   */
  svm(name: string): Svm {
    const found = Object.hasOwn(this.members, name) ? this.members[name] : undefined;
    if (found !== undefined) return found;
    const names = Object.keys(this.members).map((known) => JSON.stringify(known));
    throw new Error(
      `[${this.node.path}] There is no SVM "${name}", only ${names.join(", ") || "an empty deployment"}.`,
    );
  }

  /**
   * Adds an SVM.
   *
   * @param name Its name within the deployment, and in the infrastructure unless it has a `name` of its own.
   * @throws Error when the deployment has an SVM of that name, or when it is a token.
   */
  addSvm(name: string, props: FleetSvmProps): Svm {
    if (isUnresolved(name)) {
      throw new Error(
        `[${this.node.path}] The name of an SVM within the deployment must be known at synth, got: a token. Add it under a name ` +
          "of your own, with the token as its `name`.",
      );
    }
    if (typeof name !== "string") {
      throw new Error(`[${this.node.path}] The name of an SVM within the deployment must be a text.`);
    }
    if (name === "") throw new Error(`[${this.node.path}] The name of an SVM within the deployment must not be empty.`);
    if (Object.hasOwn(this.members, name)) {
      throw new Error(`[${this.node.path}] There is an SVM "${name}" already. Give each SVM a name of its own.`);
    }
    const own = propsOf(props, this, name);
    const svm = new FleetSvm(this, name, { ...combined(this.shared, own), ...this.image });
    svm.node.addValidation({ validate: () => renderProblems(fleetPropertyProblems(own)) });
    this.members[name] = svm;
    this.ids.add(name, svm);
    this.addresses.add(name, svm);
    for (const use of this.uses) use(svm, name);
    return svm;
  }

  /**
   * Adds one SVM on each of several hypervisors of an infrastructure. Of a list that only Terraform knows, a variable's,
   * one construct makes all SVMs, with `forEach`; its name within the deployment is `on-each-host-of-` and the id of the
   * infrastructure's construct.
   */
  addSvmPerHost(given: SvmPerHostProps): readonly Svm[] {
    const {
      hosts,
      name = (host: string) => `svm-${host}`,
      ...props
    } = recordAt(`[${this.node.path}] addSvmPerHost:`, given);
    if (typeof name !== "function") return this.refuse(["addSvmPerHost", "name"], NO_FUNCTION);
    if (!comesLate(hosts) && !Array.isArray(hosts)) return this.refuse(["addSvmPerHost", "hosts"], NO_LIST);
    if (!comesLate(hosts)) return hosts.map((host) => this.addSvm(name(host), { ...props, host }));
    if (!Token.isUnresolved(hosts) || isDynamic(hosts)) return this.refuse(["addSvmPerHost", "hosts"], MIXED_HOSTS);
    const host = Token.asString(ref("each.value", TerraformStack.of(this)));
    const nameOfEach = name(host);
    if (!nameOfEach.includes(host)) return this.refuse(["addSvmPerHost", "name"], CUT_NAME);
    const forEach = TerraformIterator.fromList(Token.asList(hosts));
    const id = `on-each-host-of-${props.infrastructure?.node.id}`;
    return [this.addSvm(id, { ...props, host, name: nameOfEach, forEach })];
  }

  /**
   * Calls a function with every SVM of the fleet: now with those that there are, and with others as they are added.
   *
   * ```ts
   * fleet.forEachSvm((svm) => new LifecycleHook(svm, "inventory", { resource: svm, afterCreate: "…" }));
   * ```
   */
  forEachSvm(use: (svm: Svm, name: string) => unknown): void {
    this.uses.push(use);
    for (const [name, svm] of Object.entries(this.members)) use(svm, name);
  }

  /**
   * Says where the fleet was in its stack before it got this place in the code: its SVMs move, those that are added later, too,
   * and none of them is deployed or removed for it.
   *
   * @param path The ids of the constructs from the stack down to the fleet, such as `"svms"` or `"datacenter/svms"`.
   */
  moveFrom(path: string): void {
    this.forEachSvm((svm, name) => {
      svm.moveFromId(`${svm.terraformResourceType}.${nameAt(TerraformStack.of(this), [...path.split("/"), name])}`);
    });
  }

  private refuse(path: AttributePath, message: string): readonly Svm[] {
    this.refused.push({ path, message });
    return [];
  }
}

/** The fleet says for all of them what its `upgrade` needs. */
class FleetSvm extends Svm {
  protected override upgradeProblems(): Iterable<Problem> {
    return [];
  }
}

/** An SVM's own values instead of the shared ones; what it waits for, and its life cycle, are those of both. */
function combined(shared: SvmSharedProps, props: FleetSvmProps): FleetSvmProps {
  const own = withoutUndefined(props);
  const dependsOn = [...listOf(shared.dependsOn ?? []), ...listOf(own.dependsOn ?? [])];
  const lifecycle = { ...shared.lifecycle, ...withoutUndefined(own.lifecycle ?? {}) };
  return {
    ...shared,
    ...own,
    ...(dependsOn.length > 0 && { dependsOn }),
    ...(Object.keys(lifecycle).length > 0 && { lifecycle }),
  };
}

/** As all SVMs have it. Without an order of its own, which is refused where it was written. */
function toShared({ lifecycle, ksc, dns, root, klconfig, timeouts, ...rest }: SvmSharedProps): SvmSharedProps {
  const { createBeforeDestroy, ...life }: TerraformResourceLifecycle = lifecycle ?? {};
  const records = Object.entries(withoutUndefined({ ksc, dns, root, klconfig, timeouts }));
  return {
    ...rest,
    ...Object.fromEntries(records.map(([name, value]) => [name, isRecord(value) ? shared(fieldsOf(value)) : value])),
    ...(lifecycle !== undefined && { lifecycle: life }),
  };
}
