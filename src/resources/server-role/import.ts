import { DiagnosticError } from "../../terraform";

/** The API documents no way to read the role. */
export async function importState(): Promise<never> {
  throw new DiagnosticError(
    "A ksvla_server_role cannot be imported",
    "The API documents no way to read the role. There is no need to, either: let Terraform create the resource, and a server that already has the role stays as it is.",
  );
}
