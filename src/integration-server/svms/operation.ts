/** One kind of operation on SVMs: many callers, few requests, one task per request, one subtask per caller. */
import type { Caller, ChangeOptions, Method } from "../http/call";
import { ApiError } from "../http/errors";
import { failureOf } from "../http/failure";
import type { JsonObject } from "../http/json";
import { parseTaskId } from "../tasks/answer";
import type { Task } from "../tasks/task";
import type { Tasks } from "../tasks/tasks";
import { Batcher, type BatchTiming } from "../waiting/batcher";
import type { Clock } from "../waiting/clock";
import type { Slots } from "../waiting/slots";
import type { SvmLists } from "./lists";
import type { NetworksForm } from "./networks-form";
import { findSubtask, followSubtask } from "./subtask";
import type { SvmIdentity, SvmOperationOptions } from "./svm";

/** What distinguishes one kind of operation from another. */
export interface SvmOperationDefinition<Spec> {
  readonly method: Method;
  /** Equal for what may share a request. */
  readonly batchKey: (spec: Spec) => string;
  /** The body, in all forms that are worth trying: the next one when the server refuses what one says. */
  readonly forms: (specs: readonly Spec[]) => readonly RequestForm[];
  readonly identity: (spec: Spec) => SvmIdentity;
  readonly infrastructureId: (spec: Spec) => string;
  /** Rejects where the operation must not be sent. */
  readonly admit?: (spec: Spec, signal: AbortSignal | undefined) => Promise<void>;
}

/** The documents show some bodies in several forms, of which a server may take only one. */
export interface RequestForm {
  readonly body: JsonObject;
  /** Where it has networks; undefined where it has none to reconfigure. */
  readonly networksForm?: NetworksForm | undefined;
  readonly onAccepted?: (() => void) | undefined;
}

export interface SvmOperationContext {
  readonly api: Caller;
  readonly tasks: Tasks;
  readonly lists: SvmLists;
  readonly clock: Clock;
  readonly timing: BatchTiming;
  /** For SVMs that the server works on at a time, over all requests. @default as many as come */
  readonly slots?: Slots;
}

/** What became of an operation that is completed. */
export interface CompletedOperation extends Accepted {
  /** The subtask of the SVM in question. */
  readonly subtask: Task;
}

interface Accepted extends Pick<RequestForm, "networksForm"> {
  /** The id of the task that the server has made of the request. */
  readonly taskId: string;
}

interface Item<Spec> {
  readonly spec: Spec;
  readonly svm: SvmIdentity;
  readonly onLeaving: (() => void) | undefined;
  readonly onBusy: SvmOperationOptions["onBusy"];
}

/** The trailing slash is documented. */
const PATH = "management/deployment/svm/";

export class SvmOperation<Spec> {
  readonly #definition: SvmOperationDefinition<Spec>;
  readonly #context: SvmOperationContext;
  readonly #batcher: Batcher<Item<Spec>, Accepted>;
  readonly #identities = new WeakMap<readonly Item<Spec>[], readonly SvmIdentity[]>();

  constructor(definition: SvmOperationDefinition<Spec>, context: SvmOperationContext) {
    this.#definition = definition;
    this.#context = context;
    this.#batcher = new Batcher({
      clock: context.clock,
      timing: context.timing,
      slots: context.slots,
      admit: async ({ spec }, signal) => definition.admit?.(spec, signal),
      send: (items, signal) => this.#send(items, signal),
      isDivisible: (error) => failureOf(error).about === "body",
    });
  }

  async run(spec: Spec, options: SvmOperationOptions): Promise<CompletedOperation> {
    const { tasks, lists } = this.#context;
    const { onLeaving, onBusy } = options;
    const item = { spec, svm: this.#definition.identity(spec), onLeaving, onBusy };
    const key = this.#definition.batchKey(spec);
    const { receipt, items, done } = await this.#batcher.submit(key, item, options.signal);
    const batch = this.#identitiesOf(items);
    const end = lists.of(this.#definition.infrastructureId(spec)).workBegins();
    try {
      options.onTask?.(receipt.taskId);
      const subtask = await followSubtask(tasks, receipt.taskId, {
        ...options,
        subtask: (root) => findSubtask(root, item.svm, batch),
        kind: `${this.#definition.method} ${key}`,
      });
      return { ...receipt, subtask };
    } finally {
      done();
      end();
    }
  }

  /** The same list for everyone in a request: what is found out about it, is found out once. */
  #identitiesOf(items: readonly Item<Spec>[]): readonly SvmIdentity[] {
    const identities = this.#identities.get(items) ?? items.map(({ svm }) => svm);
    this.#identities.set(items, identities);
    return identities;
  }

  async #send(items: readonly Item<Spec>[], signal: AbortSignal): Promise<Accepted> {
    const { forms, infrastructureId } = this.#definition;
    const specs = items.map(({ spec }) => spec);
    const ends = specs.map((spec) => this.#context.lists.of(infrastructureId(spec)).workBegins());
    try {
      for (const { onLeaving } of items) onLeaving?.();
      const onBusy = (what: string): void => {
        for (const item of items) item.onBusy?.(what);
      };
      return await inAnyForm(forms(specs), (body) => this.#call(body, { signal, onBusy }));
    } finally {
      for (const end of ends) end();
    }
  }

  /** The id of the task that the server has made of the request. */
  async #call(body: JsonObject, options: ChangeOptions): Promise<string> {
    const { method } = this.#definition;
    return this.#context.api.call({ method, path: PATH, body, parse: parseTaskId, ...options });
  }
}

/** A refusal has had no effect, and may be about the form. */
async function inAnyForm(
  forms: readonly RequestForm[],
  send: (body: JsonObject) => Promise<string>,
): Promise<Accepted> {
  const refusals: ApiError[] = [];
  for (const { body, networksForm, onAccepted } of forms) {
    try {
      const taskId = await send(body);
      onAccepted?.();
      return { taskId, networksForm };
    } catch (error) {
      if (!(error instanceof ApiError) || failureOf(error).kind !== "refused") throw error;
      refusals.push(error);
    }
  }
  throw inOne(refusals);
}

/** Nobody knows which of them is about what was sent, and which about its form. */
function inOne(refusals: readonly ApiError[]): unknown {
  const [first] = refusals;
  const messages = new Set(refusals.map(({ serverMessage }) => serverMessage));
  if (first === undefined || messages.size === 1) return first;
  const told = [...messages].map((message) => message ?? "(no reason)");
  return new ApiError(first, first.status, told.join(" And in the documents' other form: "));
}
