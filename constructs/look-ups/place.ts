/** What the look-ups of places have in common: of hypervisors and of OpenStack projects, by name. */
import { type TerraformMetaArguments, Token } from "cdktf";
import type { Construct } from "constructs";
import { type AttributePath, describeKind } from "../../src/terraform/schema";
import { followed, mixProblems } from "../follow";
import type { IInfrastructure } from "../infrastructure";
import type { SchemaDataSource } from "../schema/data-source";
import { propsOf } from "../schema/given";
import { idByName } from "./id-by-name";
import { type Names, RequiredNames } from "./required-names";

interface PlaceProps extends TerraformMetaArguments {
  readonly infrastructure: IInfrastructure;
}

/** The props of a place as its data source takes them. */
export function toPlaceConfig<P extends PlaceProps>(scope: Construct, id: string, given: P) {
  const { infrastructure, ...props } = propsOf(given, scope, id);
  return {
    ...props,
    ...followed(scope, props, infrastructure),
    infrastructureId: infrastructure?.infrastructureId,
  };
}

/** Where an attribute of the data source is found in the props of the place. */
export function toPlacePath(attribute: AttributePath): AttributePath {
  return attribute.map((step) => (step === "infrastructureId" ? "infrastructure" : step));
}

/** What a place is asked for, by name. */
export class AskedNames<Kind extends string> {
  private readonly required: RequiredNames<Kind>;

  constructor(
    private readonly place: SchemaDataSource,
    {
      infrastructure,
      require,
    }: { readonly infrastructure: IInfrastructure; readonly require?: Names<Kind> | undefined },
  ) {
    this.required = new RequiredNames(place, require);
    place.node.addValidation({ validate: () => mixProblems(place, infrastructure, ["provider"]) });
  }

  /** The id under a name, which has to be there, in an attribute that maps names to ids. */
  id(kind: Kind, ids: string, name: string): string {
    return idByName(this.place, ids, this.name(kind, name));
  }

  /** A name, which has to be there. */
  name(kind: Kind, name: string): string {
    const text = this.toText(name);
    this.required.add(kind, text);
    return text;
  }

  /** Callers without a compiler have names as any value. */
  private toText(name: unknown): string {
    if (typeof name === "string") return name;
    if (Token.isUnresolved(name)) return Token.asString(name);
    throw new Error(`[${this.place.node.path}] The name to look up must be a string, got: ${describeKind(name)}.`);
  }

  /** What of the data source's configuration follows. */
  toConfig(): object {
    return this.required.toConfig();
  }
}
