/** Maps from name to id, as long as a name says which object is meant. */
import type { NamedObject } from "../../integration-server";
import type { Diagnostic } from "../../terraform";

/** Makes the maps of one look-up, and remembers which names are not in them. */
export class IdsByName {
  readonly #ambiguous: string[] = [];

  /** The ids by name; a name that occurs with several ids is left out. `kind` is a plural such as "networks". */
  of(kind: string, objects: readonly NamedObject[]): Readonly<Record<string, string>> {
    const idsByName = new Map<string, Set<string>>();
    for (const object of objects) {
      // As Terraform composes it.
      const name = object.name.normalize("NFC");
      idsByName.set(name, (idsByName.get(name) ?? new Set()).add(object.id));
    }
    const entries = [...idsByName].flatMap(([name, ids]): [string, string][] => {
      const [id, ...others] = ids;
      if (id !== undefined && others.length === 0) return [[name, id]];
      this.#ambiguous.push(`"${name}" (${kind} with the ids ${[...ids].map((each) => `"${each}"`).join(", ")})`);
      return [];
    });
    return Object.fromEntries(entries);
  }

  /** One warning about everything that was left out, for whoever has not said which names are needed. */
  warnAmbiguous(owner: string, warn: (warning: Omit<Diagnostic, "severity">) => void): void {
    if (this.#ambiguous.length === 0) return;
    warn({
      summary: `Some names in ${owner} are not unique`,
      detail: `More than one object has the name ${this.#ambiguous.join(", ")}. These names are left out of the maps from name to id: configure the id of the one that is meant. Where require says which names are needed (by {}, none), nothing is said of others.`,
    });
  }
}
