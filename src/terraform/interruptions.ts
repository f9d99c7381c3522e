/** Why an operation was told to end before it was done: the reasons of its signal. */
import { DiagnosticError } from "./diagnostics";

/** How long an operation may take. */
export interface Bound {
  readonly milliseconds: number;
  /** As the user or the resource wrote it. */
  readonly text: string;
  /** False for the resource's default. */
  readonly configured: boolean;
  /** The name in the `timeouts` attribute. */
  readonly setting: string;
}

export type OperationName =
  | "create"
  | "read"
  | "update"
  | "delete"
  | "import"
  | "plan"
  | "open"
  | "renew"
  | "close"
  | "configure"
  | "validate"
  | "list";

const GERUNDS: Readonly<Record<OperationName, string>> = {
  create: "Creating",
  read: "Reading",
  update: "Updating",
  delete: "Deleting",
  import: "Importing",
  plan: "Planning",
  open: "Opening",
  renew: "Renewing",
  close: "Closing",
  configure: "Configuring",
  validate: "Validating",
  list: "Listing",
};

/** The operation's timeout has passed. */
export class OperationTimedOut extends DiagnosticError {
  override readonly name = "OperationTimedOut";

  constructor(operation: OperationName, typeName: string, bound: Bound) {
    const origin = bound.configured ? "the configured timeout" : "the default timeout";
    super(
      `Timeout during ${operation}`,
      `${GERUNDS[operation]} ${typeName} did not finish within ${bound.text}, ${origin}. ${leftovers(operation)}To wait longer, set for example:\n\n  timeouts = {\n    ${bound.setting} = "${longer(bound)}"\n  }`,
    );
  }
}

/** Terraform was told to stop, for instance with Ctrl-C. */
export class OperationInterrupted extends DiagnosticError {
  override readonly name = "OperationInterrupted";

  constructor(operation: OperationName, typeName: string) {
    super(
      "Interrupted",
      `${GERUNDS[operation]} ${typeName} was interrupted before it was done. ${leftovers(operation)}Run \`terraform plan\` to see what is left to do.`,
    );
  }
}

function leftovers(operation: OperationName): string {
  const changes = operation === "create" || operation === "update" || operation === "delete";
  return changes ? "What was started may still be in progress on the server: look there before you try again. " : "";
}

function longer({ milliseconds }: Bound): string {
  const seconds = Math.ceil((milliseconds * 2) / 1000);
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}
