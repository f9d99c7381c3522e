/** What a construct of a schema does with its configuration: check it, and write it as JSON or HCL. */
import type { TerraformElement } from "cdktf";
import type { IConstruct } from "constructs";
import {
  type AttributePath,
  type PathStep,
  type Problem,
  type Schema,
  toCamelCase,
  toSnakeCase,
} from "../../src/terraform/schema";
import { recordAt } from "./given";
import { hclValue } from "./hcl";
import { judge } from "./judge";
import { mapValues, type Values } from "./record";
import { convert } from "./values";
import { inStack, writing } from "./write";

/** Arguments that Terraform itself understands on every resource, and on data sources where they apply. */
const META_ARGUMENTS: ReadonlySet<string> = new Set([
  "dependsOn",
  "count",
  "provider",
  "lifecycle",
  "forEach",
  "provisioners",
  "connection",
]);

export interface ConfigurationRequest {
  /** The construct that the configuration belongs to. */
  readonly element: TerraformElement;
  readonly schema: Schema;
  /** Attributes by their camelCase names, and meta arguments. */
  readonly config: object;
  /** What `addOverride` has set so far, with Terraform's names. */
  overrides(): object;
  /**
   * Attributes that are known at synth only, in the form of `config`, whose place they take. The same object as long as they are
   * the same.
   *
   * @default - none
   */
  late?(): object;
  /**
   * Whether Terraform takes ephemeral values for all attributes, as for those of a provider.
   *
   * @default - for write-only attributes
   */
  readonly takesEphemeral?: boolean;
  /**
   * Where an attribute is found in the construct's props.
   *
   * @default - where it is in the schema
   */
  propertyPath?(attribute: AttributePath): AttributePath;
}

const NOTHING = {};

const SCHEMA = Symbol.for("cdktf-ksvla/Schema");

/** What is known of a construct's attributes, of whichever copy of this library; undefined for those of other providers. */
export function schemaOf(element: IConstruct & { readonly [SCHEMA]?: Schema }): Schema | undefined {
  return element[SCHEMA];
}

/**
 * Adds the checks of a schema to a construct: whatever Terraform's validation would refuse is refused at synth, with
 * the construct's path, and everything at once.
 */
export class Configuration {
  private readonly request: ConfigurationRequest;
  private readonly config: Values;
  private readonly written: Values;
  /** What was written last of what is known at synth only. */
  private lastLate: { readonly late: object; readonly written: Values } = { late: NOTHING, written: NOTHING };

  constructor(request: ConfigurationRequest) {
    const { element, schema, config } = request;
    Object.defineProperty(element, SCHEMA, { value: schema });
    this.request = request;
    const fields = recordAt(`[${element.node.path}]`, config);
    this.config = mapValues(fields, (value, name) => (META_ARGUMENTS.has(name) ? undefined : value));
    this.written = this.write(this.config);
    element.node.addValidation({
      validate: () => [...dependencyProblems(fields), ...this.problems().map((problem) => this.render(problem))],
    });
  }

  /** For `cdk.tf.json`. */
  toTerraform(): Record<string, unknown> {
    return this.values;
  }

  private get values(): Values {
    return inStack({ ...this.written, ...this.writtenLate }, this.request.element.cdktfStack);
  }

  private get late(): object {
    return this.request.late?.() ?? NOTHING;
  }

  private get writtenLate(): Values {
    const { late } = this;
    if (this.lastLate.late !== late) this.lastLate = { late, written: this.write(late) };
    return this.lastLate.written;
  }

  /** For `cdktf synth --hcl`: values with a hint of how to write them. */
  toHclTerraform(): Record<string, unknown> {
    const { values } = this;
    return Object.fromEntries(
      Object.entries(this.request.schema.attributes)
        .map(([name, { type }]) => [toSnakeCase(name), type.kind] as const)
        .filter(([name]) => values[name] !== undefined)
        .map(([name, kind]) => [name, { value: hclValue(values[name]), isBlock: false, ...hclType(kind) }]),
    );
  }

  private write(config: object): Values {
    const { element, schema } = this.request;
    return convert(schema.attributes, config, writing(element));
  }

  /** An overridden attribute is the user's own affair: nothing is known about it here. */
  private problems(): readonly Problem[] {
    const { element, schema, overrides, takesEphemeral = false } = this.request;
    return judge({
      element,
      schema,
      config: { ...this.config, ...this.late },
      unknown: Object.keys(overrides()).map(toCamelCase),
      takesEphemeral,
    });
  }

  private render({ path, message }: Problem): string {
    const { propertyPath } = this.request;
    return renderProblem(propertyPath === undefined ? path : propertyPath(path), message);
  }
}

/** CDKTF leaves out what has no address, and then nothing waits for it. */
function dependencyProblems({ dependsOn }: { readonly dependsOn?: unknown }): readonly string[] {
  if (dependsOn === undefined || dependsOn === null) return [];
  const given: readonly unknown[] = Array.isArray(dependsOn) ? dependsOn : [dependsOn];
  return given.flatMap((each, index) => {
    const hasAddress = typeof each === "string" || (typeof each === "object" && each !== null && "fqn" in each);
    if (hasAddress && Array.isArray(dependsOn)) return [];
    return renderProblem(
      ["dependsOn", ...(Array.isArray(dependsOn) ? [index] : [])],
      "The value must be a list of resources, data sources or modules; of a fleet, take its SVMs: Object.values(fleet.svms).",
    );
  });
}

/** A problem with a construct's props, such as `networks[0].vlanId: The value must be …`. */
export function renderProblem(path: AttributePath, message: string): string {
  if (path.length === 0) return message;
  return `${path.map(renderStep).join("").replace(/^\./, "")}: ${message}`;
}

/** The same of several, as validation takes them. */
export function renderProblems(problems: Iterable<Problem>): string[] {
  return [...problems].map(({ path, message }) => renderProblem(path, message));
}

function renderStep(step: PathStep): string {
  if (typeof step === "string") return `.${step}`;
  if (typeof step === "number") return `[${step}]`;
  return "key" in step ? `[${JSON.stringify(step.key)}]` : `[${JSON.stringify(step.value)}]`;
}

function hclType(kind: string): Values {
  if (kind === "string" || kind === "number") return { type: "simple", storageClassType: kind };
  if (kind === "bool") return { type: "simple", storageClassType: "boolean" };
  return { type: "any" };
}
