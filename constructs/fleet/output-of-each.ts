/** What every SVM of a fleet has, by the SVM's name. */
import { Token } from "cdktf";
import { produced } from "../schema/produced";
import type { Svm } from "./svm";

/** An output of each SVM, once somebody asks for it: the object gets those of SVMs that are added later, too. */
export class OutputOfEach {
  private asked: Record<string, string> | undefined;

  /**
   * @param attribute in Terraform
   * @param ofOne the same of an SVM that is only one
   */
  constructor(
    private readonly attribute: string,
    private readonly ofOne: (svm: Svm) => string,
  ) {}

  of(svms: Readonly<Record<string, Svm>>): Readonly<Record<string, string>> {
    if (this.asked === undefined) {
      this.asked = {};
      for (const [name, svm] of Object.entries(svms)) this.add(name, svm);
    }
    return this.asked;
  }

  add(name: string, svm: Svm): void {
    if (this.asked === undefined) return;
    const get = () => (svm.forEach === undefined ? this.ofOne(svm) : byKey(svm, this.attribute));
    Object.defineProperty(this.asked, name, { enumerable: true, get });
  }
}

/** Of an SVM with `forEach`: a map of all, by key. */
function byKey({ fqn }: Svm, attribute: string): string {
  return Token.asString(
    produced((context) => {
      const address = String(context.resolve(fqn)).replace(/^\$\{(.*)\}$/, "$1");
      return `\${{ for key, svm in ${address} : key => svm.${attribute} }}`;
    }),
  );
}
