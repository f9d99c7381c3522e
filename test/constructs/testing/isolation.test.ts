import { type Configuration, isolated } from "../../../constructs/testing/isolation";

const SURROUNDINGS = {
  provider: { address: "127.0.0.1:4000", password: "simulated", thumbprint: null },
  statePathOf: (stack: string) => `/work/${stack}.tfstate`,
};
/** A variable, as `cdk.tf.json` has it. */
const reference = (name: string) => `$\{var.${name}}`;
const changed = (configuration: Configuration) => isolated(configuration, "site", SURROUNDINGS);

test("the state is in the test's folder, whatever the backend was", () => {
  const local = { backend: { local: { path: "/work/site.tfstate" } } };
  const requirement = { required_version: ">= 1.11" };
  expect(changed({ terraform: { ...requirement, backend: { s3: { bucket: "states" } } } })["terraform"]).toEqual({
    ...requirement,
    ...local,
  });
  expect(changed({ terraform: { cloud: { organization: "site" } } })["terraform"]).toEqual(local);
  expect(changed({})["terraform"]).toEqual(local);
});

test("every provider of ours works with the simulator, and keeps what does not lead elsewhere", () => {
  const ksvla = [
    { address: "viis.example.com", thumbprint: "11", password: reference("PASSWORD"), svm_concurrency: 3 },
    { alias: "other", insecure: true },
  ];
  expect(changed({ provider: { ksvla, null: [{}] } })["provider"]).toEqual({
    ksvla: [
      { address: "127.0.0.1:4000", thumbprint: null, password: "simulated", svm_concurrency: 3 },
      { alias: "other", insecure: true, address: "127.0.0.1:4000", thumbprint: null, password: "simulated" },
    ],
    null: [{}],
  });
});

test("the state of another stack is looked for where that one has it, other states where they were", () => {
  const other = { backend: "s3", config: { bucket: "others" } };
  const data = {
    terraform_remote_state: {
      "cross-stack-reference-input-base": { backend: "local", config: { path: "/home/user/terraform.base.tfstate" } },
      other,
    },
    ksvla_host: { host: {} },
  };
  expect(changed({ data })["data"]).toEqual({
    terraform_remote_state: {
      "cross-stack-reference-input-base": { backend: "local", config: { path: "/work/base.tfstate" } },
      other,
    },
    ksvla_host: { host: {} },
  });
});

test("a variable that only the provider had needs no value any more", () => {
  const secret = { type: "string", sensitive: true };
  const { variable } = changed({
    provider: { ksvla: [{ password: reference("SERVER") }] },
    resource: { ksvla_infrastructure: { it: { admin: { password_wo: reference("SITE") } } } },
    variable: { SERVER: secret, SITE: secret, SITE_2: secret, REGION: { default: "eu" } },
  });
  expect(Object.keys(variable ?? {})).toEqual(["SITE", "REGION"]);
});
