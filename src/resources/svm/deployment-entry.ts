/** The entry of a deployment in the journal, from right before its request leaves. */
import type { Left, Started } from "../../journal";
import type { CreateRequest } from "../../terraform";
import type { Client } from "../shared/client";
import { begin, endUnlessUncertain } from "../shared/journal";
import { fingerprint, journalId, makingOf } from "./journal";
import { svmName } from "./naming";
import type { SvmAttributes } from "./schema";
import type { SvmIds } from "./state";

export class DeploymentEntry {
  readonly #request: CreateRequest<SvmAttributes, Client>;
  #started: Started | undefined;

  constructor(request: CreateRequest<SvmAttributes, Client>) {
    this.#request = request;
  }

  /** Undefined as long as nothing has left. */
  get started(): Started | undefined {
    return this.#started;
  }

  /** @throws DiagnosticError when nothing can be written down: nothing must be sent, then */
  begin(): void {
    const { client, plan, timeout } = this.#request;
    const beginning = {
      ...makingOf(plan),
      name: svmName(plan, this.#request),
      fingerprint: fingerprint(plan),
      timeout,
    };
    this.#started ??= begin(client.journal, beginning);
  }

  /** What the server has told so far. */
  note({ taskId, id }: SvmIds): void {
    if (this.#started === undefined) return;
    const { entry } = this.#started;
    const { infrastructureId } = this.#request.plan;
    const answer = { taskId: taskId ?? entry.taskId, id: journalId({ infrastructureId, id }) ?? entry.id };
    if (answer.taskId !== entry.taskId || answer.id !== entry.id) this.#started.note(answer);
  }

  /** What has come of it so far is left to Terraform as tainted. */
  leave(ids: SvmIds, how: Left): void {
    this.note(ids);
    this.#started?.leave(how);
  }

  /** Nothing came of it. */
  end(): void {
    this.#started?.end();
  }

  /** A request that has certainly not been obeyed has begun nothing. */
  endUnlessUncertain(error: unknown): void {
    if (this.#started !== undefined) endUnlessUncertain(this.#started, error);
  }
}
