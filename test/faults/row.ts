/** One row of the table: a fault, what runs while it lasts, and what becomes of everything afterwards. */
import type { Stage, Story } from "./stories";
import { Bench, type BenchOptions } from "./support/bench";
import type { Finished } from "./support/little-terraform";
import { describe } from "./support/things";

/** The first apply, or what comes after it; `again` is an apply of the same. */
export type Moment = "apply" | "again" | "update" | "plan" | "destroy";

export interface Row extends BenchOptions {
  /** What goes wrong. */
  readonly fault: string;
  /** What it happens to. */
  readonly at: string;
  readonly story: Story;
  readonly during: Moment;
  /** What happens before, once everything is there. */
  prepare?(bench: Bench): void;
  /** Lets it happen; returns whether it has happened so far. */
  strike(bench: Bench): () => boolean;
  /**
   * Whether the next run may say what to do in place of going on. Whether a connection was added whose answer is lost, nobody
   * can find out by the documents; that an SVM with another id is ours, nobody but its owner knows. @default false
   */
  readonly mayAsk?: boolean;
  /** What a person does whom the next run asks, beside what the message says. */
  answer?(bench: Bench): void;
  /** Simulated milliseconds in which the server may still do what nobody waits for any more. */
  readonly settlesAfter?: number;
  /** Whether the run has to go on as if nothing had happened. @default false */
  readonly goesOn?: boolean;
  /** What the run has to end with, where that matters. */
  readonly expects?: { readonly failure?: boolean; readonly message: RegExp };
}

export interface Outcome {
  /** How the run ended that was struck. */
  readonly run: "goes on" | "fails";
  /** How the next one did. */
  readonly next: "goes on" | "asks" | "fails";
  /** What is not as promised. */
  readonly problems: readonly string[];
  /** What was said, for whoever looks into it. */
  readonly messages: readonly string[];
}

export async function runRow(row: Row): Promise<Outcome> {
  const bench = await Bench.start(row);
  try {
    return await new Tale(bench, row, await row.story.begin(bench)).tell();
  } finally {
    await bench.stop();
  }
}

class Tale {
  readonly #problems: string[] = [];
  readonly #messages: string[] = [];

  constructor(
    private readonly bench: Bench,
    private readonly row: Row,
    private readonly stage: Stage,
  ) {}

  async tell(): Promise<Outcome> {
    const { bench, row, stage } = this;
    const wanted = row.during === "update" ? stage.changed : stage.blocks;
    if (row.during !== "apply") await this.#mustEnd("the first apply", await bench.terraform.apply(stage.blocks));
    row.prepare?.(bench);
    const hasStruck = row.strike(bench);
    const run = await this.#struck();
    if (!hasStruck()) this.#problems.push("it has not happened");
    await bench.mend();
    if (row.settlesAfter !== undefined) await bench.wait(row.settlesAfter);
    await bench.settled();
    this.#judge(run);
    this.#look("after the run", run.messages);

    const next = await this.#next(wanted);
    this.#look("after the next run", []);
    const { actions, messages } = await bench.terraform.plan(wanted);
    this.#messages.push(...messages);
    if (Object.keys(actions).length > 0) this.#problems.push(`the plan is not empty then: ${JSON.stringify(actions)}`);
    await this.#mustEnd("the destroy", await bench.terraform.destroy());
    for (const thing of bench.things.made) this.#problems.push(`left by the destroy: ${describe(thing)}`);
    for (const name of bench.leftovers) this.#problems.push(`left in the journal: ${name}`);
    return {
      run: run.errors.length === 0 ? "goes on" : "fails",
      next,
      problems: this.#problems,
      messages: this.#messages,
    };
  }

  #struck(): Promise<Finished> {
    const { terraform } = this.bench;
    switch (this.row.during) {
      case "plan":
        return terraform.plan(this.stage.blocks);
      case "destroy":
        return terraform.destroy();
      case "update":
        return terraform.apply(this.stage.changed);
      case "apply":
      case "again":
        return terraform.apply(this.stage.blocks);
    }
  }

  #judge({ errors, messages }: Finished): void {
    this.#messages.push(...messages);
    const { goesOn = false, expects } = this.row;
    if (goesOn && errors.length > 0) this.#problems.push("the run has failed");
    if (expects === undefined) return;
    if (expects.failure === true && errors.length === 0) this.#problems.push("the run has not failed");
    if (!messages.some((text) => expects.message.test(text))) this.#problems.push(`nothing said ${expects.message}`);
  }

  /** Nothing is there twice, and nothing that nobody knows. */
  #look(when: string, messages: readonly string[]): void {
    this.#problems.push(...this.bench.astray(messages).map((each) => `${when}, ${each}`));
  }

  async #next(wanted: Stage["blocks"]): Promise<Outcome["next"]> {
    const { terraform } = this.bench;
    const next = await terraform.apply(wanted);
    this.#messages.push(...next.messages);
    await this.bench.settled();
    if (next.errors.length === 0) return "goes on";
    const isAsked = this.row.mayAsk === true && (await this.#obey(next, wanted));
    if (!isAsked) this.#problems.push("the next apply fails");
    await this.#mustEnd("the apply after that", await terraform.apply(wanted));
    return isAsked ? "asks" : "fails";
  }

  /** Does what the errors say: a look whether the connection is there, imports, and the end of the entry. */
  async #obey({ errors }: Finished, wanted: Stage["blocks"]): Promise<boolean> {
    const { bench } = this;
    const files = errors.flatMap((text) => /cdktf-ksvla journal forget ([^\s"]+)/.exec(text)?.[1] ?? []);
    const imports = errors.flatMap((text) => /terraform import ADDRESS "?([^\s"]+)/.exec(text)?.[1] ?? []);
    for (const thing of bench.unmanaged) {
      const block = wanted.find(({ address, type }) =>
        thing.kind === "connection" ? type === "ksvla_infrastructure" : address === thing.name,
      );
      const id = thing.kind === "connection" ? thing.id : imports.find((each) => each.endsWith(thing.id));
      if (block !== undefined && id !== undefined) await bench.terraform.import(block, id);
    }
    this.row.answer?.(bench);
    for (const file of files) bench.removeEntry(file.split("/").at(-1) ?? "");
    return files.length + imports.length > 0;
  }

  async #mustEnd(what: string, { errors, messages }: Finished): Promise<void> {
    this.#messages.push(...messages);
    if (errors.length > 0) this.#problems.push(`${what} fails`);
    await this.bench.settled();
  }
}
