/** A project with an app of one stack, written by the test. */
import { Project } from "./project";

/** The project's one stack. */
export const STACK = "stack";

export class App extends Project {
  /** @param stack The body of the stack's constructor, in JavaScript; it sees `scope`, `cdktf`, `ksvla`, `nullProvider`. */
  constructor(stack: string, env: NodeJS.ProcessEnv = {}) {
    super(env);
    this.writeFile(
      "cdktf.json",
      JSON.stringify({ language: "typescript", app: "node main.js", sendCrashReports: "false" }),
    );
    this.define(stack);
  }

  /** Replaces the stack. */
  define(stack: string): void {
    this.writeFile(
      "main.js",
      `const cdktf = require("cdktf");
const ksvla = require("cdktf-ksvla");
const nullProvider = () => require("@cdktf/provider-null");
class Stack extends cdktf.TerraformStack {
  constructor(scope, id) {
    super(scope, id);
    ${stack}
  }
}
const app = new cdktf.App();
new Stack(app, "${STACK}");
app.synth();
`,
    );
  }

  /** Runs the app itself, which synthesizes the stack. */
  synth(): Promise<string> {
    return this.node("main.js");
  }

  /** Runs Terraform in the synthesized stack's folder. */
  terraform(...args: readonly string[]): Promise<string> {
    return this.terraformOf(STACK, ...args);
  }

  /** A path in the synthesized stack's folder. */
  stackPath(...path: readonly string[]): string {
    return this.pathOf(STACK, ...path);
  }
}
