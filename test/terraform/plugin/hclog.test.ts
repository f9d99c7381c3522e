import { hclog, type LogLevel, levelFromEnvironment } from "../../../src/terraform/plugin/hclog";

function recording(level: LogLevel = "trace") {
  const written: string[] = [];
  const log = hclog({ module: "provider.test", level, write: (line) => written.push(line) });
  return { log, lines: () => written.map((line) => JSON.parse(line)) };
}

test("each line is one JSON object and ends with a line feed", () => {
  const written: string[] = [];
  hclog({ module: "m", level: "info", write: (line) => written.push(line) }).info("two\nlines");
  expect(written).toEqual([expect.stringMatching(/^\{[^\n]*\}\n$/)]);
});

test("lines below the level are not written", () => {
  const { log, lines } = recording("warn");
  log.trace("1");
  log.debug("2");
  log.info("3");
  log.warn("4");
  log.error("5");
  expect(lines().map((line) => [line["@level"], line["@message"]])).toEqual([
    ["warn", "4"],
    ["error", "5"],
  ]);
});

test.each<[NodeJS.ProcessEnv, LogLevel]>([
  [{}, "error"],
  [{ TF_LOG: "" }, "error"],
  [{ TF_LOG: "debug" }, "debug"],
  [{ TF_LOG: "JSON" }, "trace"],
  [{ TF_LOG: "1" }, "trace"],
  [{ TF_LOG: "OFF" }, "off"],
  [{ TF_LOG: "TRACE", TF_LOG_PROVIDER: "WARN" }, "warn"],
])("the environment %j means the level %s", (env, level) => {
  expect(levelFromEnvironment(env)).toBe(level);
});

test("values that JSON has no form for are written readably", () => {
  const circular: Record<string, unknown> = {};
  circular["self"] = circular;
  const { log, lines } = recording();
  log.info("odd", { big: 2n ** 64n, bytes: new Uint8Array(3), at: new Date(0), never: new Date(Number.NaN), circular });
  expect(lines()[0]).toMatchObject({
    big: "18446744073709551616",
    bytes: "<3 bytes>",
    at: "1970-01-01T00:00:00.000Z",
    never: "Invalid Date",
  });
});

test("an error is written with its stack, without secrets", () => {
  const { log, lines } = recording();
  log.secrets.add("s3cret");
  log.error("failed", { error: new Error("wrong password s3cret") });
  expect(lines()[0].error).toMatch(/^Error: wrong password \*\*\*\n +at /);
});

test.each([
  "password",
  "admin_password_wo",
  "rootPassword",
  "Authorization",
  "accessToken",
  "privateKey",
  "Set-Cookie",
])("the field %s is masked at any depth", (name) => {
  const { log, lines } = recording();
  log.info("m", { [name]: "x", nested: [{ [name]: { y: 1 } }] });
  expect(lines()[0]).toMatchObject({ [name]: "***", nested: [{ [name]: "***" }] });
});

test("a long text is cut, so that the line stays within what Terraform reads at once", () => {
  const { log, lines } = recording();
  log.info("m", { body: "x".repeat(100_000) });
  expect(lines()[0].body).toMatch(/^x{8192}… \(100000 characters\)$/);
});
