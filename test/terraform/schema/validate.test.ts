import {
  type AttributePath,
  bool,
  computed,
  duration,
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
  required,
  schema,
  set,
  string,
  timeouts,
  UNKNOWN,
} from "../../../src/terraform";
import { validateConfig } from "../../../src/terraform/schema/validate";
import { parseNumber } from "../../../src/terraform/values/exact-number";

const notEmpty = (text: string) => (text === "" ? 'must not be empty, got: ""' : undefined);
const protocol = string({ oneOf: ["https", "ssh"] });
const account = {
  name: required(string(), { description: "Name.", validate: [notEmpty] }),
  passwordWo: optional(string({ oneOf: ["right"] }), { description: "Password.", writeOnly: true }),
};
const example = schema({
  description: "An example.",
  attributes: {
    id: computed(string(), { description: "Id." }),
    address: required(string(), { description: "Address.", validate: [notEmpty] }),
    protocol: optional(protocol, { description: "Protocol." }),
    port: optional(number(), { description: "Port." }),
    enabled: optional(bool(), { description: "Enabled." }),
    interval: optional(string(), { description: "Interval.", validate: [duration] }),
    admin: optional(nested(account), { description: "Account." }),
    accounts: optional(nestedList(account), { description: "Accounts." }),
    accountSet: optional(nestedSet({ name: account.name }), { description: "Accounts." }),
    accountsByName: optional(nestedMap(account), { description: "Accounts." }),
    protocols: optional(list(protocol), { description: "Protocols." }),
    protocolSet: optional(set(protocol), { description: "Protocols." }),
    ports: optional(map(number()), { description: "Ports." }),
    disk: optional(object({ sizeGb: number(), format: protocol }), { description: "Disk." }),
    anything: optional(dynamic(), { description: "Anything." }),
    timeouts: timeouts({ create: "10m" }),
  },
  rules: [
    function* ({ port, protocol }) {
      if (port === 22 && protocol === "https") yield { path: ["port"], message: "Port 22 is for SSH." };
    },
    function* ({ admin, accounts }) {
      if (admin === null && accounts === null) yield { path: [], message: "Set admin or accounts." };
    },
  ],
});
const valid = { address: "a", admin: { name: "root" } };
const problems = (input: Readonly<Record<string, unknown>>) => validateConfig(example, input);

test("a right configuration has no problem", () => {
  const everything = {
    id: null,
    address: "a",
    protocol: "ssh",
    port: 22.5,
    enabled: false,
    interval: "90s",
    admin: { name: "root", passwordWo: "right" },
    accounts: [{ name: "a" }],
    accountSet: [{ name: "a" }],
    accountsByName: { one: { name: "a" } },
    protocols: ["https"],
    protocolSet: ["ssh"],
    ports: { http: 80 },
    disk: { sizeGb: 1, format: null },
    anything: { type: "string", value: "x" },
    timeouts: { create: "5m" },
  };
  expect(problems(everything)).toEqual([]);
});

test("absent and null attributes are the same", () => {
  expect(problems({ ...valid, protocol: undefined, port: null })).toEqual([]);
});

describe("one problem, at its path", () => {
  test.each<[string, Readonly<Record<string, unknown>>, AttributePath, string]>([
    ["a missing attribute", { address: null }, ["address"], "The attribute is required."],
    ["a missing nested attribute", { admin: {} }, ["admin", "name"], "The attribute is required."],
    ["a read-only attribute", { id: "x" }, ["id"], "The attribute is set by the provider and cannot be configured."],
    [
      "a value outside of the set",
      { protocol: "ftp" },
      ["protocol"],
      'The value must be one of "https", "ssh", got: "ftp".',
    ],
    ["a validator", { address: "" }, ["address"], 'The value must not be empty, got: "".'],
    [
      "a validator in a list",
      { accounts: [{ name: "a" }, { name: "" }] },
      ["accounts", 1, "name"],
      'The value must not be empty, got: "".',
    ],
    [
      "a validator in a set",
      { accountSet: [{ name: "" }] },
      ["accountSet", { value: { name: "" } }, "name"],
      'The value must not be empty, got: "".',
    ],
    [
      "a validator in a map",
      { accountsByName: { one: { name: "" } } },
      ["accountsByName", { key: "one" }, "name"],
      'The value must not be empty, got: "".',
    ],
    [
      "an element of a list outside of the set",
      { protocols: ["https", "ftp"] },
      ["protocols", 1],
      'The value must be one of "https", "ssh", got: "ftp".',
    ],
    [
      "an element of a set outside of the set",
      { protocolSet: ["ftp"] },
      ["protocolSet", { value: "ftp" }],
      'The value must be one of "https", "ssh", got: "ftp".',
    ],
    [
      "a field outside of the set",
      { disk: { format: "ftp" } },
      ["disk", "format"],
      'The value must be one of "https", "ssh", got: "ftp".',
    ],
    ["a null element", { protocols: [null] }, ["protocols", 0], "The value must not be null."],
    ["a null object in a list", { accounts: [null] }, ["accounts", 0], "The value must not be null."],
    [
      "a duration in timeouts",
      { timeouts: { create: "soon" } },
      ["timeouts", "create"],
      'The value must be a duration such as "500ms", "90s" or "1h30m", longer than zero, got: "soon".',
    ],
  ])("%s", (_, wrong, path, message) => {
    expect(problems({ ...valid, ...wrong })).toEqual([expect.objectContaining({ path, message })]);
  });

  test.each<[string, Readonly<Record<string, unknown>>, AttributePath, string]>([
    ["a number for a string", { address: 1 }, ["address"], "a string, got: a number"],
    ["a string for a number", { port: "80" }, ["port"], "a number, got: a string"],
    ["NaN", { port: Number.NaN }, ["port"], "a number, got: NaN"],
    ["a string for a boolean", { enabled: "true" }, ["enabled"], "a boolean, got: a string"],
    ["an object for a list", { accounts: {} }, ["accounts"], "a list, got: an object"],
    ["a list for an object", { disk: [] }, ["disk"], "an object, got: a list"],
    [
      "text for a nested object",
      { accountsByName: { a: "x" } },
      ["accountsByName", { key: "a" }],
      "an object, got: a string",
    ],
    ["text for a map", { ports: "x" }, ["ports"], "an object, got: a string"],
    ["a function", { address: () => "a" }, ["address"], "a string, got: a function"],
    ["a dynamic value without its type", { anything: 1 }, ["anything"], "together with its type"],
  ])("%s instead of the declared type", (_, wrong, path, expected) => {
    const [problem, ...others] = problems({ ...valid, ...wrong });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      path,
      message: expect.stringContaining(`must be ${expected.replace(/^(?=together)/, "a value ")}`),
    });
  });

  test.each<[unknown, string]>([
    [2 ** 53, "9007199254740992"],
    [-(2n ** 63n), "-9223372036854775808"],
    [parseNumber("0.12345678901234567891"), "0.12345678901234567891"],
    [Number.POSITIVE_INFINITY, "Infinity"],
  ])("a number that cannot be held exactly: %p", (port, shown) => {
    expect(problems({ ...valid, port })).toEqual([
      expect.objectContaining({ path: ["port"], message: expect.stringContaining(`got: ${shown}.`) }),
    ]);
  });

  test.each<[string, string]>([
    ["adress", "address"],
    ["accounts_by_name", "accountsByName"],
    ["PORT", "port"],
  ])("an attribute that does not exist suggests the nearest: %s", (name, nearest) => {
    expect(problems({ ...valid, [name]: 1 })).toEqual([
      expect.objectContaining({ path: [name], message: `There is no attribute "${name}". Did you mean "${nearest}"?` }),
    ]);
  });

  test("an attribute that is like no other suggests nothing", () => {
    expect(problems({ ...valid, admin: { name: "a", colour: 1 } })).toEqual([
      expect.objectContaining({ path: ["admin", "colour"], message: 'There is no attribute "colour".' }),
    ]);
  });

  test("a rule", () => {
    expect(problems({ ...valid, port: 22, protocol: "https" })).toEqual([
      { path: ["port"], message: "Port 22 is for SSH." },
    ]);
  });
});

test("a secret is in no message", () => {
  const [problem] = problems({ ...valid, admin: { name: "a", passwordWo: "hunter2" } });
  expect(problem?.path).toEqual(["admin", "passwordWo"]);
  expect(problem?.message).toBe('The value must be one of "right".');
});

test("all problems come at once", () => {
  const found = problems({ protocol: "ftp", port: "x", accounts: [{}, { name: "" }], nonsense: true });
  expect(found.map(({ path }) => path)).toEqual([
    ["nonsense"],
    ["address"],
    ["protocol"],
    ["port"],
    ["accounts", 0, "name"],
    ["accounts", 1, "name"],
  ]);
});

test("what is unknown is not judged, at any depth", () => {
  const unknown = Object.fromEntries(Object.keys(example.attributes).map((name) => [name, UNKNOWN]));
  expect(problems({ ...unknown, id: null })).toEqual([]);
  expect(
    problems({
      address: UNKNOWN,
      admin: { name: UNKNOWN, passwordWo: UNKNOWN },
      accounts: [UNKNOWN, { name: UNKNOWN }],
      accountSet: [UNKNOWN],
      accountsByName: { a: UNKNOWN, b: { name: UNKNOWN } },
      protocols: [UNKNOWN],
      protocolSet: [UNKNOWN],
      ports: { a: UNKNOWN },
      disk: { sizeGb: UNKNOWN },
      anything: { type: "string", value: UNKNOWN },
    }),
  ).toEqual([]);
});

test("rules say nothing about what is wrong by itself", () => {
  expect(problems({ ...valid, port: 22, protocol: 7 }).map(({ path }) => path)).toEqual([["protocol"]]);
});

test("a nested attribute may have attributes named type and value", () => {
  const pair = schema({
    description: "A pair.",
    attributes: {
      pair: required(
        nested({
          type: required(string(), { description: "Type." }),
          value: optional(string(), { description: "Value." }),
        }),
        { description: "Pair." },
      ),
    },
  });
  expect(validateConfig(pair, { pair: { type: "a", value: null } })).toEqual([]);
});
