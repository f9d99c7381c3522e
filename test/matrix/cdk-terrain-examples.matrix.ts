/** The examples as apps of CDK Terrain: they synthesize what they synthesize as apps of CDKTF. */
import { appNames, ExampleProject } from "../examples/example";
import { TARGET_VERSIONS } from "../package/support/cdk-terrain";

jest.setTimeout(60_000);

/** With what is below them. */
const ALIAS = { cdktf: "cdktn", "cdktf-ksvla": "cdktf-ksvla/cdktn" };

type Json = Readonly<Record<string, unknown>>;
interface Synthesized extends Json {
  readonly resource?: Readonly<Record<string, Json>>;
  readonly provider?: Json;
  readonly terraform: { readonly required_providers: Json };
}

/** What a stack says, but for the CDK's version and what life-cycle hooks stand on. */
function withoutKind(text: string): unknown {
  const stack = JSON.parse(text.replaceAll('"triggers_replace', '"triggers')) as Synthesized;
  const { "//": _, resource = {}, provider = {}, terraform, ...rest } = stack;
  const { null_resource: nullHooks = {}, terraform_data: dataHooks = {}, ...resources } = resource;
  return {
    ...rest,
    resources,
    hooks: { ...nullHooks, ...dataHooks },
    provider: { ...provider, null: undefined },
    terraform: { ...terraform, required_providers: { ...terraform.required_providers, null: undefined } },
  };
}

test.each(appNames())("examples/%s", async (name) => {
  const project = new ExampleProject(name, TARGET_VERSIONS);
  try {
    const read = (stacks: readonly string[]) =>
      stacks.map((stack) => withoutKind(project.readFile(`cdktf.out/stacks/${stack}/cdk.tf.json`)));
    const inCdktf = read(await project.synth());

    expect(read(await project.synth(ALIAS))).toEqual(inCdktf);
    expect(project.readFile("main.js")).toContain('require("cdktn")');
  } finally {
    project.dispose();
  }
});
