/** Of an attribute inside another one, Terraform shows no name: the message itself has it. */
import { Workspace } from "./support/workspace";

let workspace: Workspace;

beforeAll(async () => {
  workspace = await Workspace.with("");
});
afterAll(() => workspace.dispose());

async function complaints(configuration: string): Promise<readonly string[]> {
  workspace.write(configuration);
  const { stdout } = await workspace.run(["validate", "-json"]);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly { summary: string; detail: string }[] };
  return diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`).sort();
}

const svm = (networks: string, more: string) => `
resource "ksvla_svm" "s" {
  infrastructure_id = "1"
  image_id          = "1"
  name              = "svm"
  host              = { id = "1", storage_id = "1", networks = [${networks}] }
  ksc               = { address = "ksc.example.test" }
${more}
}`;

test("each of two accounts whose passwords are empty is named, once", async () => {
  const configuration = svm(
    '{ id = "1" }',
    `
  root     = { password_wo = "" }
  klconfig = { password_wo = "" }`,
  );
  expect(await complaints(configuration)).toEqual([
    expect.stringMatching(/^Invalid value: klconfig\.password_wo: (?!.*password_wo)/),
    expect.stringMatching(/^Invalid value: root\.password_wo: (?!.*password_wo)/),
  ]);
});

test("an element of a list is named with its index", async () => {
  const configuration = svm(
    '{ id = "1", primary = true }, { id = "" }',
    `
  root     = {}
  klconfig = { password_wo = "Klconfig-S3cret" }`,
  );
  expect(await complaints(configuration)).toEqual([expect.stringMatching(/^Invalid value: host\.networks\[1\]\.id: /)]);
});
