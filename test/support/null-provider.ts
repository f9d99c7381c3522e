/**
 * The least that can stand in for `hashicorp/null`, written with src/terraform: a second provider for stacks that use
 * one beside ours, without a registry.
 */
import { randomUUID } from "node:crypto";
import { computed, map, optional, provider, resource, schema, string } from "../../src/terraform";
import { serve } from "../../src/terraform/plugin";
import { createProviderServer } from "../../src/terraform/server/create-provider-server";

const nullResource = resource<undefined>()({
  schema: schema({
    description: "A resource that does nothing.",
    attributes: {
      triggers: optional(map(string()), { description: "A change replaces the resource.", requiresReplace: true }),
      id: computed(string(), { description: "Another one for each resource.", useStateForUnknown: true }),
    },
  }),
  create: async ({ plan }) => ({ triggers: plan.triggers, id: randomUUID() }),
  read: async ({ state }) => state,
  delete: async () => {},
});

const nullProvider = provider({
  name: "null",
  version: "3.2.4",
  schema: schema({ description: "Does nothing.", attributes: {} }),
  configure: async () => undefined,
  resources: { null_resource: nullResource },
  dataSources: {},
});

serve({
  name: "null",
  runByHand: "A provider for tests.",
  createServer: async (log) => createProviderServer(nullProvider, { log }),
});
