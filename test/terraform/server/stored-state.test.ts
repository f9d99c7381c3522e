import {
  bool,
  list,
  map,
  nested,
  nestedList,
  nestedMap,
  nestedSet,
  number,
  optional,
  string,
} from "../../../src/terraform";
import { ownStateFromJson } from "../../../src/terraform/server/stored-state";

const description = "For tests.";
const port = {
  name: optional(string(), { description }),
  openPort: optional(bool(), { description, default: false }),
};
const attributes = {
  name: optional(string(), { description }),
  diskSize: optional(number(), { description, default: 10 }),
  single: optional(nested(port), { description }),
  ports: optional(nestedList(port), { description }),
  byName: optional(nestedMap(port), { description }),
  some: optional(nestedSet(port), { description }),
  tags: optional(list(string()), { description }),
  labels: optional(map(string()), { description }),
};

test("an attribute that the JSON does not have was not there yet, and is its default or null", () => {
  expect(ownStateFromJson(attributes, { name: "a" })).toEqual({
    name: "a",
    diskSize: 10,
    single: null,
    ports: null,
    byName: null,
    some: null,
    tags: null,
    labels: null,
  });
});

test("the same holds inside of objects, however they are nested", () => {
  const old = { name: "x" };
  const now = { name: "x", openPort: false };

  expect(ownStateFromJson(attributes, { single: old, ports: [old], by_name: { k: old }, some: [old] })).toMatchObject({
    single: now,
    ports: [now],
    byName: { k: now },
    some: [now],
  });
});

test("null in the JSON stays null: that is what the state has", () => {
  const state = { disk_size: null, single: { name: "x", open_port: null }, ports: [{ open_port: true }] };

  expect(ownStateFromJson(attributes, state)).toMatchObject({
    diskSize: null,
    single: { name: "x", openPort: null },
    ports: [{ name: null, openPort: true }],
  });
});
