/** A provider whose one resource keeps what it is given: for tests of what Terraform makes of values that came back. */
import {
  type Attribute,
  computed,
  dynamic,
  list,
  map,
  nested,
  nestedList,
  nestedMap,
  nestedSet,
  number,
  object,
  optional,
  provider,
  resource,
  schema,
  set,
  string,
} from "../../../src/terraform";
import { serve } from "../../../src/terraform/plugin";
import type { Type } from "../../../src/terraform/schema/types";
import { createProviderServer } from "../../../src/terraform/server/create-provider-server";

const description = "A value.";
const given = <T extends Type>(type: T): Attribute<T, "optional"> => optional(type, { description });
const account = {
  fullName: given(string()),
  ports: given(set(number())),
  mode: optional(string(), { description, default: "plain" }),
};

const thing = resource<undefined>()({
  schema: schema({
    description: "Keeps values.",
    attributes: {
      id: computed(string(), { description, useStateForUnknown: true }),
      number: given(number()),
      any: given(dynamic()),
      text: given(string()),
      byName: given(map(string())),
      names: given(list(string())),
      objects: given(set(object({ fullName: string(), size: number() }))),
      one: given(nested(account)),
      many: given(nestedList(account)),
      manyByName: given(nestedMap(account)),
      manyAtOnce: given(nestedSet({ fullName: account.fullName, ports: account.ports })),
    },
  }),
  create: async ({ plan }) => ({ ...plan, id: "kept" }),
  read: async ({ state }) => state,
  update: async ({ plan }) => ({ ...plan, id: "kept" }),
  delete: async () => {},
});

const echo = provider({
  name: "echo",
  version: "1.0.0",
  schema: schema({ description: "Keeps values.", attributes: {} }),
  configure: async () => undefined,
  resources: { echo_thing: thing },
  dataSources: {},
});

serve({
  name: "echo",
  runByHand: "A provider for tests.",
  createServer: async (log) => createProviderServer(echo, { log }),
});
