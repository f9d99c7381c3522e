/** The names that a look-up is asked for, so that one that is not there is an error of the look-up that says what there is. */
import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import { isRecord } from "../schema/record";
import { resolveText } from "../schema/resolve";
import { escapeTemplates, hidesNumber, isUnresolved, mixesLists } from "../schema/tokens";

/** All that a plan knows from the start: anything else would make the look-up wait for something. */
const VARIABLE = /^\$\{var\.[\w-]+\}$/;

/** Names by what they name, as in the attribute `require`. */
export type Names<Kind extends string> = Readonly<Partial<Record<Kind, readonly string[]>>>;

export class RequiredNames<Kind extends string> {
  private readonly asked = new Map<Kind, Set<string>>();
  private config: object | undefined;

  constructor(
    private readonly scope: IConstruct,
    /** What the user requires by themselves. */
    private readonly own: Names<Kind> | undefined,
  ) {}

  add(kind: Kind, name: string): void {
    const names = this.asked.get(kind) ?? new Set();
    if (names.has(name)) return;
    this.asked.set(kind, names.add(name));
    this.config = undefined;
  }

  /**
   * The attribute `require` with everything that was asked for so far; nothing where it stays as the user has it. The same object as
   * long as nothing else is asked for.
   */
  toConfig(): object {
    this.config ??= this.makeConfig();
    return this.config;
  }

  private makeConfig(): object {
    const { own } = this;
    if (own !== undefined && !isRecord(own)) return {};
    const added = [...this.asked].flatMap(([kind, asked]) => {
      const names = [...asked].flatMap((name) => this.inConfig(name) ?? []);
      const kept = own?.[kind] ?? [];
      return names.length === 0 || !Array.isArray(kept) || isUnresolved(kept)
        ? []
        : [[kind, [...new Set([...kept, ...names])]] as const];
    });
    return added.length === 0 ? {} : { require: { ...own, ...Object.fromEntries(added) } };
  }

  private inConfig(name: string): string | undefined {
    // It is refused where its id is used.
    if (mixesLists(name) || hidesNumber(name)) return undefined;
    if (!Token.isUnresolved(name)) return escapeTemplates(name);
    return VARIABLE.test(resolveText(this.scope, name)) ? name : undefined;
  }
}
