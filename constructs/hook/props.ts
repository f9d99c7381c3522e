/** What users of a life-cycle hook write. */
import type { TerraformResource } from "cdktf";

/** Which commands run around the life of which resource. */
export interface LifecycleHookProps {
  /**
   * The resource whose life the commands belong to: of this library or of any other provider, in the same stack. The
   * hook of a resource with `count` or `forEach` has as many instances.
   */
  readonly resource: TerraformResource;
  /**
   * What the shell runs after the resource is created, or replaced by a new one. Plain text: values come from
   * `environment`, as in `register "$NAME"`.
   *
   * @default - none; one of the two commands is needed
   */
  readonly afterCreate?: string;
  /**
   * What the shell runs before the resource is destroyed, or replaced by a new one. Terraform runs it only as long as
   * the hook is part of the stack: destroy the resource first, remove its hook from the code afterwards.
   *
   * @default - none; one of the two commands is needed
   */
  readonly beforeDestroy?: string;
  /**
   * Environment variables of the commands by name, on top of Terraform's own environment; values may be attributes of
   * any resource. `beforeDestroy` gets them as they were when the hook last ran, since Terraform keeps them in its
   * state. So none may be a secret; the commands find secrets in Terraform's own environment.
   *
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Where the commands run. A relative path starts at the stack's output folder.
   *
   * @default - the stack's output folder
   */
  readonly workingDirectory?: string;
  /**
   * The program that runs the commands, with its arguments; the command comes last.
   *
   * @default ["/bin/sh", "-c"]
   */
  readonly interpreter?: readonly string[];
  /**
   * What a command that ends with another exit code than 0 means. `fail` ends the deployment with an error: after a
   * creation the resource stays and the next deployment runs `afterCreate` again (without `beforeDestroy`); before a
   * destruction the resource is not destroyed. `continue` goes on.
   *
   * @default "fail"
   */
  readonly onFailure?: "fail" | "continue";
  /**
   * Values by a name of your choice. When one changes, the commands run again though the resource stays:
   * `beforeDestroy` with the previous environment, then `afterCreate`. None may be a secret.
   *
   * @default - a new resource, which its `id` tells, is the only reason to run
   */
  readonly triggers?: Readonly<Record<string, string>>;
}
