/** One kind of operation on SVMs: many callers, few requests, one task per request, one subtask per caller. */
import type { Caller, Method } from "../http/call";
import { failureOf } from "../http/failure";
import type { JsonObject } from "../http/json-reader";
import { parseTaskId } from "../tasks/answer";
import type { Task } from "../tasks/task";
import type { Tasks } from "../tasks/tasks";
import { Batcher, type BatchTiming } from "../waiting/batcher";
import type { Clock } from "../waiting/clock";
import type { SvmLists } from "./lists";
import { findSubtask, followSubtask } from "./subtask";
import type { SvmIdentity, SvmOperationOptions } from "./svm";

/** What distinguishes one kind of operation from another. */
export interface SvmOperationDefinition<Spec> {
  readonly method: Method;
  /** Equal for what may share a request. */
  readonly batchKey: (spec: Spec) => string;
  readonly body: (specs: readonly Spec[]) => JsonObject;
  /** What the body holds and nobody may ever see, in plain text. */
  readonly secrets: (spec: Spec) => readonly string[];
  readonly identity: (spec: Spec) => SvmIdentity;
  readonly infrastructureId: (spec: Spec) => string;
  /** Rejects where the operation must not be sent. */
  readonly admit?: (spec: Spec, signal: AbortSignal | undefined) => Promise<void>;
}

export interface SvmOperationContext {
  readonly api: Caller;
  readonly tasks: Tasks;
  readonly lists: SvmLists;
  readonly clock: Clock;
  readonly timing: BatchTiming;
}

/** What became of an operation that is completed. */
export interface CompletedOperation {
  readonly taskId: string;
  /** The subtask of the SVM in question. */
  readonly subtask: Task;
}

interface Item<Spec> {
  readonly spec: Spec;
  readonly svm: SvmIdentity;
  readonly secrets: readonly string[];
}

/** The trailing slash is documented. */
const PATH = "management/deployment/svm/";

export class SvmOperation<Spec> {
  readonly #definition: SvmOperationDefinition<Spec>;
  readonly #context: SvmOperationContext;
  readonly #batcher: Batcher<Item<Spec>, string>;

  constructor(definition: SvmOperationDefinition<Spec>, context: SvmOperationContext) {
    this.#definition = definition;
    this.#context = context;
    this.#batcher = new Batcher({
      clock: context.clock,
      timing: context.timing,
      admit: async ({ spec }, signal) => definition.admit?.(spec, signal),
      send: (items, signal) => this.#send(items, signal),
      isDivisible: (error) => failureOf(error).about === "body",
    });
  }

  async run(spec: Spec, options: SvmOperationOptions): Promise<CompletedOperation> {
    const { tasks, lists } = this.#context;
    const item = { spec, svm: this.#definition.identity(spec), secrets: this.#definition.secrets(spec) };
    const { receipt: taskId, items } = await this.#batcher.submit(
      this.#definition.batchKey(spec),
      item,
      options.signal,
    );
    const batch = items.map(({ svm }) => svm);
    const secrets = items.flatMap((each) => each.secrets);
    const end = lists.of(this.#definition.infrastructureId(spec)).workBegins();
    try {
      options.onTask?.(taskId);
      const subtask = await followSubtask(tasks, taskId, {
        ...options,
        subtask: (root) => findSubtask(root, item.svm, batch),
        secrets,
      });
      return { taskId, subtask };
    } finally {
      end();
    }
  }

  /** The id of the task that the server has made of the request. */
  async #send(items: readonly Item<Spec>[], signal: AbortSignal): Promise<string> {
    const { method, body, infrastructureId } = this.#definition;
    const specs = items.map(({ spec }) => spec);
    const ends = specs.map((spec) => this.#context.lists.of(infrastructureId(spec)).workBegins());
    try {
      return await this.#context.api.call({
        method,
        path: PATH,
        body: body(specs),
        secrets: items.flatMap(({ secrets }) => secrets),
        parse: parseTaskId,
        signal,
      });
    } finally {
      for (const end of ends) end();
    }
  }
}
