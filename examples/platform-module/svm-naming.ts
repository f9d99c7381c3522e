import type { IAspect } from "cdktf";
import { KsvlaSvm } from "cdktf-ksvla/generated";
import type { IConstruct } from "constructs";

/** Puts a site's code before the name of every SVM below a construct, whoever adds it. */
export class SvmNaming implements IAspect {
  constructor(private readonly code: string) {}

  visit(node: IConstruct): void {
    if (node instanceof KsvlaSvm) node.addOverride("name", `${this.code}-${node.config.name}`);
  }
}
