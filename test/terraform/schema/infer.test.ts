import {
  bool,
  type Config,
  computed,
  type Input,
  nested,
  number,
  optional,
  optionalComputed,
  type Plan,
  provider,
  required,
  resource,
  type State,
  schema,
  set,
  string,
  timeouts,
  UNKNOWN,
  type Unknown,
} from "../../../src/terraform";

const example = schema({
  description: "An example.",
  attributes: {
    id: computed(string(), { description: "Id.", useStateForUnknown: true }),
    protocol: optional(string({ oneOf: ["https", "ssh"] }), { description: "Protocol.", default: "https" }),
    port: optional(number(), { description: "Port." }),
    thumbprint: optionalComputed(string(), { description: "Thumbprint.", requiresReplace: true }),
    tags: required(set(string()), { description: "Tags." }),
    imageId: required(string(), {
      description: "Image.",
      unreadable: true,
      requiresReplace: ({ prior }) => prior !== null,
    }),
    admin: required(
      nested({
        name: required(string(), {
          description: "Name.",
          validate: [(name) => (name === "" ? "must not be empty" : undefined)],
        }),
        passwordWo: optional(string(), { description: "Password.", writeOnly: true }),
      }),
      { description: "Account." },
    ),
    enabled: optional(bool(), { description: "Enabled.", default: true }),
    timeouts: timeouts({ create: "10m", delete: "5m" }),
  },
  rules: [
    function* ({ port, protocol }) {
      if (port === 22 && protocol === "https") yield { path: ["port"], message: "Port 22 is for SSH." };
    },
  ],
});
type A = (typeof example)["attributes"];
type Equal<X, Y> = (<T>() => T extends X ? 1 : 2) extends <T>() => T extends Y ? 1 : 2 ? true : false;
function same<X, Y>(verdict: Equal<X, Y>): void {
  expect(verdict).toBe(true);
}

test("each view of a schema has the types of its moment", () => {
  same<Config<A>["protocol"], "https" | "ssh" | null>(true);
  same<Config<A>["tags"], readonly string[]>(true);
  same<Config<A>["admin"]["passwordWo"], string | null>(true);
  same<"id" extends keyof Config<A> ? true : false, false>(true);
  same<Plan<A>["protocol"], "https" | "ssh">(true);
  same<Plan<A>["id"], string | null | Unknown>(true);
  same<Plan<A>["port"], number | null>(true);
  same<"passwordWo" extends keyof Plan<A>["admin"] ? true : false, false>(true);
  same<State<A>["id"], string | null>(true);
  same<State<A>["imageId"], string | null>(true);
  same<State<A>["enabled"], boolean>(true);
  same<Input<A>["enabled"], boolean | null | Unknown>(true);
  same<NonNullable<Plan<A>["timeouts"]>["create"], string | null>(true);
});

test("a life cycle is typed by its schema", async () => {
  const thing = resource<{ post(tags: readonly string[]): Promise<string> }>()({
    schema: example,
    create: async ({ client, config, plan, save }) => {
      const id = await client.post(plan.tags);
      save({ id });
      return {
        ...plan,
        id,
        thumbprint: plan.thumbprint === UNKNOWN ? null : plan.thumbprint,
        admin: { name: config.admin.name },
      };
    },
    read: async ({ state }) => state,
    delete: async () => {},
  });
  const { resources } = provider({
    name: "example",
    version: "1.0.0",
    schema: schema({ description: "The provider.", attributes: {} }),
    configure: async () => ({ post: async () => "id-1" }),
    resources: { example_thing: thing },
    dataSources: {},
  });
  expect(Object.keys(resources)).toEqual(["example_thing"]);
  expect(thing.schema.attributes.id.flags).toEqual(new Set(["computed"]));
});
