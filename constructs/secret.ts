/** Values that must not be written into `cdk.tf.json`, a plan or a state. */
import { TerraformStack, TerraformVariable, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { registerFeature } from "./kind/features";
import { constructsOf } from "./schema/constructs-of";
import { textOf } from "./schema/own-reference";
import { escapeTemplates } from "./schema/tokens";
import { isVariable } from "./schema/variable";
import { warnOfUnset } from "./unset-variables";

const SECRET = Symbol.for("cdktf-ksvla/Secret");
const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Names that Terraform keeps for arguments of modules. */
const RESERVED_NAMES: readonly string[] = [
  "source",
  "version",
  "providers",
  "count",
  "for_each",
  "lifecycle",
  "depends_on",
  "locals",
];
const TOKEN = /^\$\{TfToken\[[^\]]+\]\}$/;
/** E.g. `${ephemeral.vault_kv_secret_v2.vcenter.data["password"]}`; no call and no text, which could hold a literal. */
const REFERENCE = /^\$\{[A-Za-z_][\w-]*(?:\.[\w-]+|\[(?:\d+|"[\w.-]*")\])+\}$/;

/** What is said of a secret beside its value. */
export interface SecretOptions {
  /**
   * Any text that you change when the secret changes, such as `"2"` or a date. Terraform never stores the secret, so
   * this is how it learns that there is a new one.
   *
   * @default - none: a changed secret is not noticed
   */
  readonly version?: string;
}

/** What is said of a secret that a variable holds. */
export interface VariableSecretOptions extends SecretOptions {
  /**
   * What the variable is for; Terraform shows it when it asks for the value.
   *
   * @default - none
   */
  readonly description?: string;
  /**
   * Keeps the value out of plans and states. Without it, saved plans hold the value, but data sources take it.
   *
   * @default true
   */
  readonly ephemeral?: boolean;
}

/** A password or another secret, by reference. */
export abstract class Secret {
  /**
   * The value of a Terraform variable, given as `TF_VAR_<name>` in the environment of `cdktf deploy`. The variable is
   * declared in each stack that uses the secret, as sensitive and ephemeral, so its value reaches neither plan nor
   * state. The same name always means the same variable, which the stack must not declare by itself.
   *
   * @param name Letters, digits and underscores, such as `"VCENTER_PASSWORD"`.
   * @throws Error when the name cannot be a variable's.
   */
  static fromVariable(name: string, options: VariableSecretOptions = {}): Secret {
    if (typeof name !== "string" || !VARIABLE_NAME.test(name) || RESERVED_NAMES.includes(name)) {
      throw new Error(
        "The name of a secret's variable must consist of letters, digits and underscores, must not start with a digit, " +
          `and must not be one of ${RESERVED_NAMES.join(", ")}. What was given is not repeated here, since it may be the ` +
          "secret itself: that belongs into the variable, TF_VAR_<name>, of the environment.",
      );
    }
    return new VariableSecret(name, options);
  }

  /**
   * An expression whose value Terraform does not store, such as an attribute of another provider's ephemeral resource.
   *
   * @param expression One reference, such as `"${ephemeral.vault_kv_secret_v2.vcenter.data.password}"`, or one token, such as
   * a function of CDKTF's `Fn` returns. Text around it, or a literal, would be in `cdk.tf.json`.
   * @throws Error when it is anything else; it is not repeated there.
   */
  static fromExpression(expression: string, options: SecretOptions = {}): Secret {
    if (!isToken(expression) && !REFERENCE.test(expression)) {
      throw new Error(
        // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform's template syntax.
        'A secret\'s expression must be exactly one token or one Terraform reference in "${…}", got: another text. ' +
          "If the text is the secret itself, take Secret.fromVariable, or Secret.unsafePlainText if it may be seen.",
      );
    }
    return new ExpressionSecret(expression, options);
  }

  /**
   * A secret that everybody may see: it is written into `cdk.tf.json` as it is. For tests and demonstrations.
   */
  static unsafePlainText(value: string, options: SecretOptions = {}): Secret {
    return new PlainTextSecret(value, options);
  }

  /** True for a secret, of whichever copy of this library. */
  static isSecret(value: unknown): value is Secret {
    return typeof value === "object" && value !== null && SECRET in value;
  }

  /** See {@link SecretOptions.version}. */
  readonly version: string | undefined;

  protected constructor(options: SecretOptions) {
    if (typeof options !== "object" || options === null || Array.isArray(options)) {
      throw new Error('The options of a Secret must be an object, such as { version: "2" }.');
    }
    const { version } = options;
    Object.defineProperty(this, SECRET, { value: true });
    this.version = version;
  }

  /**
   * The secret as a string for other resources of a stack. What does not accept ephemeral values, which is everything
   * but write-only attributes and provider configurations, refuses it during the plan.
   *
   * @param scope Any construct of the stack.
   */
  abstract reference(scope: IConstruct): string;

  /** The value where it is known at synth. */
  get plainText(): string | undefined {
    return undefined;
  }

  /** True for a variable that is ephemeral: only write-only attributes and provider configurations take it. */
  get isEphemeral(): boolean {
    return false;
  }

  /** @throws Error always: text made of a secret would hold neither its value nor a reference to it. */
  toString(): string {
    throw new Error("A Secret cannot be used as text. Take secret.reference(scope) where a string is needed.");
  }

  /** Keeps the value out of whatever is printed. */
  toJSON(): string {
    return "[secret]";
  }
}

function isToken(expression: string): boolean {
  return Token.isUnresolved(expression) && (typeof expression !== "string" || TOKEN.test(expression));
}

class VariableSecret extends Secret {
  constructor(
    private readonly name: string,
    private readonly options: VariableSecretOptions,
  ) {
    super(options);
  }

  override get isEphemeral(): boolean {
    return this.options.ephemeral ?? true;
  }

  override reference(scope: IConstruct): string {
    const stack = TerraformStack.of(scope);
    const id = `Secret-${this.name}`;
    const existing = stack.node.tryFindChild(id);
    const variable = isSecretVariable(existing) ? existing : new SecretVariable(stack, id, this.name, this.options);
    if (variable.isEphemeral !== this.isEphemeral) {
      throw new Error(
        `[${scope.node.path}] The variable "${this.name}" is ${variable.isEphemeral ? "" : "not "}ephemeral elsewhere in ` +
          `the stack, and ${this.isEphemeral ? "" : "not "}here. Use the same Secret in both places, or two variables.`,
      );
    }
    return variable.reference;
  }
}

const SECRET_VARIABLE = Symbol.for("cdktf-ksvla/SecretVariable");

class SecretVariable extends TerraformVariable {
  readonly isEphemeral: boolean;
  /** One token for all that use the secret. */
  readonly reference: string;
  /** How Terraform's expressions name it. */
  readonly terraformReference: string;

  constructor(stack: TerraformStack, id: string, name: string, { description, ephemeral }: VariableSecretOptions) {
    super(stack, id, {
      type: "string",
      sensitive: true,
      nullable: false,
      ...(description !== undefined && { description }),
    });
    Object.defineProperty(this, SECRET_VARIABLE, { value: true });
    this.isEphemeral = ephemeral ?? true;
    this.overrideLogicalId(name);
    this.terraformReference = `var.${name}`;
    this.reference = textOf(this);
    if (this.isEphemeral) {
      // CDKTF has no property for it.
      this.addOverride("ephemeral", true);
      registerFeature(this, "ephemeralResources");
    }
    // When stacks are validated, all of them have all of their variables, and annotations are collected afterwards.
    this.node.addValidation({ validate: () => this.warn() });
    this.node.addValidation({ validate: () => this.namesakes(stack, name) });
  }

  /** One declaration would take over the other: a secret would be stored, or an ephemeral value be refused. */
  private namesakes(stack: TerraformStack, name: string): string[] {
    const variables = constructsOf(stack).filter(isVariable);
    return variables
      .filter((each) => each !== this && each.friendlyUniqueId === name)
      .map(
        ({ node }) =>
          `The variable "${name}" of a Secret.fromVariable is declared by ${node.path}, too. Take ` +
          "Secret.fromExpression(variable.stringValue) for the variable that is there, or another name.",
      );
  }

  private warn(): string[] {
    const { root } = this.node;
    const variables = root.node.findAll().filter(isSecretVariable);
    warnOfUnset(root, new Map(variables.map((variable) => [variable.friendlyUniqueId, variable])));
    return [];
  }
}

function isSecretVariable(construct: IConstruct | undefined): construct is SecretVariable {
  return construct !== undefined && SECRET_VARIABLE in construct;
}

class ExpressionSecret extends Secret {
  constructor(
    private readonly expression: string,
    options: SecretOptions,
  ) {
    super(options);
  }

  override reference(): string {
    return this.expression;
  }
}

class PlainTextSecret extends Secret {
  readonly #value: string;

  constructor(value: string, options: SecretOptions) {
    super(options);
    this.#value = value;
  }

  override get plainText(): string {
    return this.#value;
  }

  override reference(): string {
    return escapeTemplates(this.#value);
  }
}
