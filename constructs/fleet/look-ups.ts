/** The look-ups that SVMs need: one per hypervisor or project, however many SVMs of a scope are placed there. */
import { type ITerraformIterator, type TerraformProvider, Token } from "cdktf";
import { Construct } from "constructs";
import type { IInfrastructure } from "../infrastructure";
import { Host } from "../look-ups/host";
import { OpenStackProject } from "../look-ups/openstack-project";
import { isUnresolved } from "../schema/tokens";
import type { ById } from "./placement";

/** What a place is looked up for. */
export interface PlaceContext {
  /** Where the SVM is made. */
  readonly scope: Construct;
  readonly infrastructure: IInfrastructure;
  readonly provider?: TerraformProvider;
  readonly forEach?: ITerraformIterator;
}

/** No SVM has such a name, so that those of a fleet may have any. */
const ID = "(look-ups)";
/** For callers without a compiler, who learn by validation that there is no infrastructure. */
const MISSING = "no-infrastructure";
const LOOK_UPS = Symbol.for("cdktf-ksvla/LookUps");

export class LookUps extends Construct {
  /** Those of the SVMs directly in a scope. */
  static within(scope: Construct): LookUps {
    const existing = scope.node.tryFindChild(ID);
    return existing !== undefined && LookUps.isLookUps(existing) ? existing : new LookUps(scope, ID);
  }

  private static isLookUps(construct: object): construct is LookUps {
    return LOOK_UPS in construct;
  }

  private readonly byOwner: { readonly owner: Owner; readonly lookUps: OwnerLookUps }[] = [];

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    Object.defineProperty(this, LOOK_UPS, { value: true });
  }

  /** The hypervisor of a name or id. */
  host(context: PlaceContext, subject: string | ById): Host {
    return this.of(context).host(context, subject);
  }

  /** The OpenStack project of a name or id. */
  project(context: PlaceContext, subject: string | ById, domain?: string): OpenStackProject {
    return this.of(context).project(context, subject, domain);
  }

  /** Hosts of one name may be in several infrastructures, and infrastructures of one id in several scopes or servers. */
  private of({ infrastructure, provider }: Owner): OwnerLookUps {
    const existing = this.byOwner.find(
      ({ owner }) => owner.infrastructure === infrastructure && owner.provider === provider,
    );
    if (existing !== undefined) return existing.lookUps;
    const id = infrastructure?.node?.id ?? MISSING;
    const isTaken = this.node.tryFindChild(id) !== undefined;
    const lookUps = new OwnerLookUps(this, isTaken ? `${id}-${this.byOwner.length + 1}` : id);
    this.byOwner.push({ owner: { infrastructure, ...(provider !== undefined && { provider }) }, lookUps });
    return lookUps;
  }
}

type Owner = Pick<PlaceContext, "infrastructure" | "provider">;

class OwnerLookUps extends Construct {
  private readonly hosts = new Map<string, Host>();
  private readonly projects = new Map<string, OpenStackProject>();

  host(context: PlaceContext, subject: string | ById): Host {
    return shared(this.hosts, { kind: "host", key: [selector(subject)], context }, (id, each) => {
      return new Host(this, id, { ...propsOf(context), ...selector(subject), ...each });
    });
  }

  project(context: PlaceContext, subject: string | ById, domain?: string): OpenStackProject {
    const inDomain = domain === undefined ? {} : { domain };
    return shared(this.projects, { kind: "project", key: [inDomain, selector(subject)], context }, (id, each) => {
      return new OpenStackProject(this, id, { ...propsOf(context), ...selector(subject), ...inDomain, ...each });
    });
  }
}

/** Whatever is needed by name is required, so that nobody has to hear of names that nobody needs. */
function propsOf({ infrastructure, provider }: Owner) {
  return { infrastructure, require: {}, ...(provider !== undefined && { provider }) };
}

interface Wanted {
  readonly kind: string;
  readonly key: readonly object[];
  readonly context: PlaceContext;
}

function shared<T extends Host | OpenStackProject>(
  existing: Map<string, T>,
  { kind, key, context: { forEach } }: Wanted,
  create: (id: string, each: Pick<PlaceContext, "forEach">) => T,
): T {
  const text = JSON.stringify(key);
  const number = existing.size + 1;
  if (forEach !== undefined && isUnresolved(text)) {
    // Where there is a look-up for each that an SVM iterates over, each SVM means its own.
    const created = create(`${kind}-${number}`, { forEach });
    created.meanEach();
    existing.set(`${text}-${number}`, created);
    return created;
  }
  const found = existing.get(text);
  if (found !== undefined) return found;
  const created = create(constructId(kind, key, number), {});
  existing.set(text, created);
  return created;
}

/** Such as `host-name-esx-01`; what is not known at synth cannot be part of an id. */
function constructId(kind: string, key: readonly object[], number: number): string {
  const id = [kind, ...key.flatMap((part) => Object.entries(part).flat())].join("-");
  return Token.isUnresolved(id) ? `${kind}-${number}` : id;
}

function selector(subject: string | ById): { readonly name: string } | ById {
  return typeof subject === "string" ? { name: subject } : { id: subject?.id };
}
