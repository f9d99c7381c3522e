/** States that earlier versions wrote, on their way through the plugin: UpgradeResourceState, then PlanResourceChange. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { IntegrationServer } from "../../../src/integration-server";
import { Secret } from "../../../src/integration-server/http/secret";
import { ksvla } from "../../../src/provider";
import { svmSchema } from "../../../src/resources/svm/schema";
import type { Attributes } from "../../../src/terraform";
import { clientFor } from "../../support/integration-server";
import { quietLog } from "../../support/quiet-log";
import { plain, TestClient } from "../../terraform/server/client";

type Values = Readonly<Record<string, unknown>>;
interface StateFile {
  readonly resources: readonly {
    readonly type: string;
    readonly instances: readonly { readonly attributes: Values }[];
  }[];
}

const FIXTURE = join(__dirname, "..", "..", "fixtures", "state-0.1.0", "state.json");
const { attributes } = svmSchema;
const stored = (JSON.parse(readFileSync(FIXTURE, "utf8")) as StateFile).resources
  .filter(({ type }) => type === "ksvla_svm")
  .flatMap(({ instances }) => instances.map((instance) => instance.attributes));

/** Nobody answers: a plan of what has not changed asks nobody. */
const unreachable = {
  ...ksvla,
  configure: async () =>
    clientFor(new IntegrationServer({ address: "127.0.0.1:1", password: new Secret("none"), log: quietLog() })),
};
const client = new TestClient(unreachable);
beforeAll(() => client.configure({ address: "127.0.0.1:1" }));

async function upgraded(raw: Values) {
  const rawState = { json: Buffer.from(JSON.stringify(raw)) };
  const answer = await client.call("upgradeResourceState", { typeName: "ksvla_svm", version: 0, rawState });
  return plain(attributes, answer.upgradedState)!;
}

/** What somebody has configured who has such a state: all that he may, but for what came later. */
function configurationOf(all: Attributes, state: Values, raw: Values): Values {
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.fromEntries(
    Object.entries(all)
      .filter(([name, { flags }]) => !flags.has("computed") && Object.hasOwn(raw, snake(name)))
      .map(([name, { type, flags }]) => {
        if (flags.has("writeOnly")) return [name, flags.has("required") ? "S3cret" : null];
        const isAccount = type.kind === "nested" && type.nesting === "single" && state[name] !== null;
        const inside = () =>
          configurationOf(
            type.kind === "nested" ? type.attributes : {},
            state[name] as Values,
            raw[snake(name)] as Values,
          );
        return [name, isAccount ? inside() : state[name]];
      }),
  );
}

test.each(stored.map((raw) => [raw["name"], raw] as const))(
  "the SVM %s of version 0.1.0 plans nothing",
  async (_, raw) => {
    const state = await upgraded(raw);

    const plan = await client.plan("ksvla_svm", { config: configurationOf(attributes, state, raw), prior: state });

    expect(plan.diagnostics).toEqual([]);
    expect(plan.planned).toEqual(state);
  },
);

test("the states have less than the schema has by now, so that the tests above say something", () => {
  const [raw] = stored as [Values];

  expect(Object.keys(raw).length).toBeLessThan(Object.keys(attributes).length);
});
