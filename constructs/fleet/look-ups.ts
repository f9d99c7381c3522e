/** The look-ups that a fleet needs: one per hypervisor or project, however many SVMs are placed there. */
import { type TerraformProvider, Token } from "cdktf";
import { Construct } from "constructs";
import type { IInfrastructure } from "../infrastructure";
import { Host } from "../look-ups/host";
import { OpenStackProject } from "../look-ups/openstack-project";
import type { ById } from "./placement";

/** Where something is looked up, and through which provider. */
export interface LookUpContext {
  readonly infrastructure: IInfrastructure;
  readonly provider?: TerraformProvider;
}

/** For callers without a compiler, who learn by validation that there is no infrastructure. */
const MISSING = "no-infrastructure";

export class LookUps extends Construct {
  private readonly byInfrastructure = new Map<IInfrastructure, InfrastructureLookUps>();

  /** The hypervisor of a name or id. */
  host(context: LookUpContext, subject: string | ById): Host {
    return this.of(context).host(context, subject);
  }

  /** The OpenStack project of a name or id. */
  project(context: LookUpContext, subject: string | ById, domain?: string): OpenStackProject {
    return this.of(context).project(context, subject, domain);
  }

  /** Hosts of one name may be in several infrastructures, and infrastructures of one id in several scopes. */
  private of({ infrastructure }: LookUpContext): InfrastructureLookUps {
    const existing = this.byInfrastructure.get(infrastructure);
    if (existing !== undefined) return existing;
    const id = infrastructure?.node?.id ?? MISSING;
    const isTaken = this.node.tryFindChild(id) !== undefined;
    const created = new InfrastructureLookUps(this, isTaken ? `${id}-${this.byInfrastructure.size + 1}` : id);
    this.byInfrastructure.set(infrastructure, created);
    return created;
  }
}

class InfrastructureLookUps extends Construct {
  private readonly hosts = new Map<string, Host>();
  private readonly projects = new Map<string, OpenStackProject>();

  host(context: LookUpContext, subject: string | ById): Host {
    return shared(this.hosts, "host", [selector(subject)], (id) => {
      return new Host(this, id, { ...context, ...selector(subject) });
    });
  }

  project(context: LookUpContext, subject: string | ById, domain?: string): OpenStackProject {
    const inDomain = domain === undefined ? {} : { domain };
    return shared(this.projects, "project", [inDomain, selector(subject)], (id) => {
      return new OpenStackProject(this, id, { ...context, ...selector(subject), ...inDomain });
    });
  }
}

function shared<T>(existing: Map<string, T>, kind: string, key: readonly object[], create: (id: string) => T): T {
  const text = JSON.stringify(key);
  const found = existing.get(text);
  if (found !== undefined) return found;
  const created = create(constructId(kind, key, existing.size + 1));
  existing.set(text, created);
  return created;
}

/** Such as `host-name-esx-01`; what is not known at synth cannot be part of an id. */
function constructId(kind: string, key: readonly object[], number: number): string {
  const id = [kind, ...key.flatMap((part) => Object.entries(part).flat())].join("-");
  return Token.isUnresolved(id) ? `${kind}-${number}` : id;
}

function selector(subject: string | ById): { readonly name: string } | ById {
  return typeof subject === "string" ? { name: subject } : { id: subject.id };
}
