import type { TestDeployment, TestDiagnostic } from "./deployment";

/** Terraform failed. What there is nevertheless can be looked at. */
export class DeploymentError extends Error {
  /** What Terraform said. */
  readonly diagnostics: readonly TestDiagnostic[];
  /** The states and the server as they were left; `changes` is empty, since nothing was planned any more. */
  readonly deployment: TestDeployment;

  constructor(
    command: string,
    /** The stack that failed. */
    readonly stackName: string,
    diagnostics: readonly TestDiagnostic[],
    output: string,
    deployment: TestDeployment,
  ) {
    const said = diagnostics.map(({ summary, detail, address }) => {
      const about = address === undefined ? "" : `${address}: `;
      return [`${about}${summary}`, detail].filter((text) => text !== "").join("\n");
    });
    super(`${command} failed in the stack ${stackName}.\n\n${said.length > 0 ? said.join("\n\n") : output.trim()}`);
    this.name = "DeploymentError";
    this.diagnostics = diagnostics;
    this.deployment = deployment;
  }
}
