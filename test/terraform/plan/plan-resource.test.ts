import {
  type Attributes,
  bool,
  computed,
  list,
  map,
  nested,
  nestedList,
  nestedMap,
  nestedSet,
  number,
  optional,
  optionalComputed,
  required,
  set,
  string,
  timeouts,
  UNKNOWN,
} from "../../../src/terraform";
import { plan } from "./planning";

const description = "…";
const name = required(string(), { description });
const id = computed(string(), { description, useStateForUnknown: true });
const status = computed(string(), { description });

describe("defaults", () => {
  const attributes = {
    name,
    port: optional(number(), { description, default: 443 }),
    dns: optional(nested({ main: optional(string(), { description, default: "1.1.1.1" }) }), { description }),
    ntp: optional(
      nested({ main: optional(string(), { description, default: "pool" }), alt: optional(string(), { description }) }),
      {
        description,
        default: { alt: "a" },
      },
    ),
  };

  test("stand where the configuration is null", () => {
    expect(plan(attributes, { config: { name: "a" } }).planned).toMatchObject({ port: 443 });
  });

  test("give way to the configuration, also to an unknown one", () => {
    expect(plan(attributes, { config: { name: "a", port: 1 } }).planned).toMatchObject({ port: 1 });
    expect(plan(attributes, { config: { name: "a", port: UNKNOWN } }).planned).toMatchObject({ port: UNKNOWN });
  });

  test("come back when a configured value is removed", () => {
    const { planned } = plan(attributes, {
      config: { name: "a" },
      prior: { name: "a", port: 8443, ntp: { main: "pool", alt: "a" } },
    });
    expect(planned).toMatchObject({ port: 443 });
  });

  test("stand inside nested attributes that are configured, and only there", () => {
    expect(plan(attributes, { config: { name: "a", dns: {} } }).planned).toMatchObject({ dns: { main: "1.1.1.1" } });
    expect(plan(attributes, { config: { name: "a" } }).planned).toMatchObject({ dns: null });
  });

  test("of a nested attribute are completed with the defaults inside", () => {
    expect(plan(attributes, { config: { name: "a" } }).planned).toMatchObject({ ntp: { main: "pool", alt: "a" } });
  });

  test("reach each element of nested lists, maps and sets", () => {
    const element = { key: required(string(), { description }), size: optional(number(), { description, default: 1 }) };
    const collections = {
      aList: optional(nestedList(element), { description }),
      aMap: optional(nestedMap(element), { description }),
      aSet: optional(nestedSet(element), { description }),
    };
    const config = {
      aList: [{ key: "a" }, { key: "b", size: 2 }],
      aMap: { x: { key: "a" }, y: { key: "b", size: 2 } },
      aSet: [{ key: "a" }, { key: "b", size: 2 }],
    };
    expect(plan(collections, { config }).planned).toEqual({
      aList: [
        { key: "a", size: 1 },
        { key: "b", size: 2 },
      ],
      aMap: { x: { key: "a", size: 1 }, y: { key: "b", size: 2 } },
      aSet: [
        { key: "a", size: 1 },
        { key: "b", size: 2 },
      ],
    });
  });
});

describe("computed attributes", () => {
  const attributes = { name, id, status, thumbprint: optionalComputed(string(), { description }) };
  const prior = { name: "a", id: "1", status: "up", thumbprint: "T" };

  test("are unknown on create", () => {
    expect(plan(attributes, { config: { name: "a" } }).planned).toEqual({
      name: "a",
      id: UNKNOWN,
      status: UNKNOWN,
      thumbprint: UNKNOWN,
    });
  });

  test("stay as they are when nothing changes", () => {
    expect(plan(attributes, { config: { name: "a" }, prior }).planned).toEqual(prior);
  });

  test("are unknown when something changes, but for those that keep their state", () => {
    expect(plan(attributes, { config: { name: "b" }, prior }).planned).toEqual({
      name: "b",
      id: "1",
      status: UNKNOWN,
      thumbprint: UNKNOWN,
    });
  });

  test("are what is configured", () => {
    expect(plan(attributes, { config: { name: "b", thumbprint: "U" }, prior }).planned).toMatchObject({
      thumbprint: "U",
    });
  });

  test("that keep their state stay unknown when the configuration is unknown", () => {
    const kept = { name, other: optionalComputed(string(), { description, useStateForUnknown: true }) };
    expect(
      plan(kept, { config: { name: "b", other: UNKNOWN }, prior: { name: "a", other: "x" } }).planned,
    ).toMatchObject({ other: UNKNOWN });
  });

  test("that keep their state stay null where they are null", () => {
    expect(plan({ name, id }, { config: { name: "b" }, prior: { name: "a", id: null } }).planned).toMatchObject({
      id: null,
    });
  });

  test("that keep their state are unknown in an object that is new", () => {
    const disks = optional(nestedList({ size: required(number(), { description }), id }), { description });
    const { planned } = plan(
      { disks },
      { config: { disks: [{ size: 1 }, { size: 2 }] }, prior: { disks: [{ size: 9, id: null }] } },
    );
    expect(planned).toEqual({
      disks: [
        { size: 1, id: null },
        { size: 2, id: UNKNOWN },
      ],
    });
  });

  test("inside nested attributes follow the whole object: unknown when anything changes", () => {
    const deep = {
      name,
      disks: optional(nestedList({ size: required(number(), { description }), id, status }), { description }),
    };
    const before = { name: "a", disks: [{ size: 1, id: "d1", status: "up" }] };
    expect(plan(deep, { config: { name: "a", disks: [{ size: 1 }] }, prior: before }).planned).toEqual(before);
    expect(plan(deep, { config: { name: "b", disks: [{ size: 1 }, { size: 2 }] }, prior: before }).planned).toEqual({
      name: "b",
      disks: [
        { size: 1, id: "d1", status: UNKNOWN },
        { size: 2, id: UNKNOWN, status: UNKNOWN },
      ],
    });
  });

  test("of set elements keep their state where the configured part is the same, whatever the order", () => {
    const deep = { ports: optional(nestedSet({ vlan: required(number(), { description }), id }), { description }) };
    const before = {
      ports: [
        { vlan: 1, id: "p1" },
        { vlan: 2, id: "p2" },
      ],
    };
    expect(plan(deep, { config: { ports: [{ vlan: 3 }, { vlan: 2 }] }, prior: before }).planned).toEqual({
      ports: [
        { vlan: 3, id: UNKNOWN },
        { vlan: 2, id: "p2" },
      ],
    });
  });

  test("that hold a whole collection become unknown as a whole", () => {
    const attributes = {
      name,
      services: computed(nestedList({ region: computed(string(), { description }) }), { description }),
    };
    expect(
      plan(attributes, { config: { name: "b" }, prior: { name: "a", services: [{ region: "r" }] } }).planned,
    ).toEqual({
      name: "b",
      services: UNKNOWN,
    });
  });
});

describe("write-only attributes", () => {
  const attributes = {
    admin: required(
      nested({
        passwordWo: optional(string(), { description, writeOnly: true }),
        passwordWoVersion: optional(string(), { description }),
      }),
      { description },
    ),
    status,
  };

  test("are null in the plan and are no change by themselves", () => {
    const prior = { admin: { passwordWo: null, passwordWoVersion: "1" }, status: "up" };
    expect(
      plan(attributes, { config: { admin: { passwordWo: "new", passwordWoVersion: "1" } }, prior }).planned,
    ).toEqual(prior);
  });

  test("are changed by way of their version", () => {
    const prior = { admin: { passwordWo: null, passwordWoVersion: "1" }, status: "up" };
    expect(
      plan(attributes, { config: { admin: { passwordWo: "new", passwordWoVersion: "2" } }, prior }).planned,
    ).toEqual({
      admin: { passwordWo: null, passwordWoVersion: "2" },
      status: UNKNOWN,
    });
  });
});

describe("what concerns Terraform alone", () => {
  const attributes = {
    name,
    status,
    image: optional(string(), { description, unreadable: true, requiresReplace: true }),
    timeouts: timeouts({ create: "10m" }),
  };

  test("changed timeouts are planned and leave everything else known", () => {
    const prior = { name: "a", status: "up", timeouts: { create: "1m" } };
    const result = plan(attributes, { config: { name: "a", timeouts: { create: "2m" } }, prior, updatable: false });
    expect(result).toMatchObject({ planned: { status: "up", timeouts: { create: "2m" } }, requiresReplace: [] });
  });

  test("an unreadable attribute without a prior value is adopted: planned, but no change and no replacement", () => {
    for (const updatable of [true, false]) {
      const result = plan(attributes, {
        config: { name: "a", image: "i" },
        prior: { name: "a", status: "up" },
        updatable,
      });
      expect(result).toMatchObject({ planned: { status: "up", image: "i" }, requiresReplace: [] });
    }
  });

  test("an unreadable attribute with a prior value changes and replaces as any other", () => {
    const prior = { name: "a", status: "up", image: "h" };
    expect(plan(attributes, { config: { name: "a", image: "i" }, prior })).toMatchObject({
      planned: { status: UNKNOWN, image: "i" },
      requiresReplace: [["image"]],
    });
  });

  test("an adoption beside a change is planned with it", () => {
    const result = plan(attributes, { config: { name: "b", image: "i" }, prior: { name: "a", status: "up" } });
    expect(result).toMatchObject({ planned: { name: "b", status: UNKNOWN, image: "i" }, requiresReplace: [] });
  });
});

describe("the resource's own plan", () => {
  const attributes = { name, id, status, tags: optional(map(string()), { description, requiresReplace: true }) };
  const prior = { name: "a", id: "1", status: "up" };

  test("puts its values over the planned ones", () => {
    const { planned, violations } = plan(attributes, {
      config: { name: "a" },
      prior,
      changes: { planned: { status: UNKNOWN } },
    });
    expect({ planned, violations }).toEqual({ planned: { ...prior, tags: null, status: UNKNOWN }, violations: [] });
  });

  test("adds and removes replacements", () => {
    const config = { name: "b", tags: { x: "y" } };
    const changes = { requiresReplace: [["name"], ["name"]], keepsInPlace: [["tags"]] };
    expect(plan(attributes, { config, prior, changes }).requiresReplace).toEqual([["name"]]);
  });

  test("replaces nothing that is created", () => {
    expect(
      plan(attributes, { config: { name: "b" }, changes: { requiresReplace: [["name"]] } }).requiresReplace,
    ).toEqual([]);
  });
});

describe("Terraform's rules for a plan", () => {
  const attributes = {
    name,
    port: optional(number(), { description }),
    passwordWo: optional(string(), { description, writeOnly: true }),
    size: optional(number(), { description, default: 1 }),
    nics: optional(nestedList({ id: required(string(), { description }), ip: computed(string(), { description }) }), {
      description,
    }),
    labels: optional(nestedMap({ text: required(string(), { description }) }), { description }),
    peers: optional(nestedSet({ id: required(string(), { description }) }), { description }),
    status,
  } satisfies Attributes;
  const config = { name: "a", nics: [{ id: "n" }], labels: { x: { text: "t" } }, peers: [{ id: "p" }] };
  const problems = (
    planned: Record<string, unknown>,
    prior: Record<string, unknown> | null = null,
    configured = config,
  ) => plan(attributes, { config: configured, prior, changes: { planned } }).violations.map(({ path }) => path);

  test.each<[string, Record<string, unknown>, unknown]>([
    ["a configured value is kept", { name: "other" }, [["name"]]],
    ["a value that is not computed stays null", { port: 1 }, [["port"]]],
    ["a configured value is not unknown", { nics: UNKNOWN }, [["nics"]]],
    ["a configured value is not null", { nics: null }, [["nics"]]],
    ["write-only stays null", { passwordWo: "x" }, [["passwordWo"]]],
    ["a list keeps its length", { nics: [] }, [["nics"]]],
    ["list elements keep what is configured", { nics: [{ id: "m", ip: "1" }] }, [["nics", 0, "id"]]],
    ["a map keeps its keys", { labels: { y: { text: "t" } } }, [["labels"]]],
    ["map elements keep what is configured", { labels: { x: { text: "u" } } }, [["labels", { key: "x" }, "text"]]],
    ["a set keeps its size", { peers: [] }, [["peers"]]],
    ["computed values are free", { status: "s", nics: [{ id: "n", ip: "1" }] }, []],
    ["a value with a default is free where nothing is configured", { size: 2 }, []],
  ])("%s", (_, planned, expected) => {
    expect(problems(planned)).toEqual(expected);
  });

  test("the prior value may stand for a configured one", () => {
    expect(problems({ name: "A" }, { name: "A" })).toEqual([]);
  });
});

test("a list of plain values with an unknown element is planned as it is", () => {
  const attributes = { items: optional(list(string()), { description }), on: optional(bool(), { description }) };
  expect(plan(attributes, { config: { items: ["a", UNKNOWN] } }).planned).toEqual({ items: ["a", UNKNOWN], on: null });
});

describe("text that ignores case", () => {
  const inAnyCase = { description, ignoresCase: true, requiresReplace: true };
  const port = { network: required(string(), inAnyCase), groups: optional(set(string()), inAnyCase) };
  const attributes = {
    name,
    owner: required(string(), inAnyCase),
    zone: optional(string(), { description }),
    ports: optional(nestedList(port), { description }),
    id,
    status,
  };
  const prior = {
    name: "a",
    owner: "ab-1",
    ports: [{ network: "net-1", groups: ["g-1", "g-2"] }],
    id: "1",
    status: "ok",
  };
  const config = { name: "a", owner: "AB-1", ports: [{ network: "NET-1", groups: ["G-2", "g-1"] }] };

  test("in other letters is no change", () => {
    const { planned, requiresReplace, violations } = plan(attributes, { config, prior });
    expect(planned).toMatchObject(prior);
    expect([requiresReplace, violations]).toEqual([[], []]);
  });

  test("stays as it was beside what changes", () => {
    const { planned, requiresReplace } = plan(attributes, { config: { ...config, zone: "Z" }, prior });
    expect(planned).toMatchObject({ ...prior, zone: "Z", status: UNKNOWN });
    expect(requiresReplace).toEqual([]);
  });

  test.each([
    ["another text", { owner: "AB-2" }, ["owner"]],
    ["an element more", { ports: [{ network: "NET-1", groups: ["G-1", "G-2", "G-3"] }] }, ["ports", 0, "groups"]],
    ["text where there was none", { ports: [...config.ports, { network: "NET-2" }] }, ["ports", 1, "network"]],
  ])("%s is a change", (_, change, path) => {
    const { requiresReplace } = plan(attributes, { config: { ...config, ...change }, prior });
    expect(requiresReplace).toEqual([path]);
  });

  test("matters where an attribute does not say otherwise", () => {
    const { planned } = plan(attributes, { config: { ...config, name: "A" }, prior });
    expect(planned).toMatchObject({ name: "A" });
  });
});
