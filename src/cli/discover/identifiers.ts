/** Names that Terraform and TypeScript take, out of names that people have given. */

const LONGEST = 60;

/** Words that mean something where the names are written. */
const RESERVED = [
  ..."abstract any app as async await boolean break case catch class const continue debugger declare default delete".split(
    " ",
  ),
  ..."do else enum eval export extends false finally for from function get if image implements import in".split(" "),
  ..."infrastructure instanceof interface let module new null number of package private protected public require".split(
    " ",
  ),
  ..."return scope secret set static string super switch symbol this throw true try type typeof undefined var void".split(
    " ",
  ),
  ..."while with yield arguments svmdeployment svmimage infrastructuretype ksvlaprovider terraformstack terraformvariable".split(
    " ",
  ),
  ..."construct discovered source version providers count for_each lifecycle depends_on locals".split(" "),
] as const;

/** How names end that are made of others: of two infrastructures, one may be called as something of the other. */
const DERIVED = /_(svms|name|domain|password)$/i;

/** Gives out names, each once, whatever the case of their letters. */
export class Identifiers {
  readonly #taken = new Set<string>(RESERVED);

  /**
   * A name of letters, digits and underscores, as close to the given one as may be.
   *
   * @param kind what it begins with where the given one cannot be a beginning, such as "svm"
   */
  take(name: string, kind: string): string {
    const plain = name
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .replace(/[^A-Za-z0-9]+/g, "_")
      .replace(/^_|_$/g, "")
      .slice(0, LONGEST);
    const base = /^[A-Za-z]/.test(plain) ? plain : [kind, plain].filter((part) => part !== "").join("_");
    for (let number = 1; ; number += 1) {
      const candidate = number === 1 ? base : `${base}_${number}`;
      if (DERIVED.test(candidate) || this.#taken.has(candidate.toLowerCase())) continue;
      this.#taken.add(candidate.toLowerCase());
      return candidate;
    }
  }
}
