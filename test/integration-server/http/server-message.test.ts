import { serverMessage } from "../../../src/integration-server/http/server-message";
import { quietLog } from "../../support/quiet-log";

const { secrets } = quietLog();

it.each([
  ["a message", '{"code":7,"message":"no such host"}', "no such host"],
  ["another spelling", '{"ErrorMessage":"no such host"}', "no such host"],
  ["an error object", '{"error":{"message":"no such host"}}', "no such host"],
  ["several errors", '{"errors":[{"detail":"a"},{"detail":"b"}]}', "a; b"],
  ["an empty message beside an error", '{"message":"","error":"no such host"}', "no such host"],
  ["no telling field", '{"code":7}', '{"code":7}'],
  ["an empty object", "{}", undefined],
  ["plain text", "  no such\n host ", "no such host"],
  ["HTML without a title", "<p>no such <b>host</b></p><script>x()</script>", "no such host"],
  ["XML", "<Error><Message>no such host</Message></Error>", "no such host"],
  ["nothing", "", undefined],
])("finds what %s says", (_, body, message) => {
  expect(serverMessage(body, secrets)).toBe(message);
});

it("keeps it short", () => {
  expect(serverMessage("x".repeat(10_000), secrets)).toHaveLength(501);
});
