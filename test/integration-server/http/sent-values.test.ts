import { Secret } from "../../../src/integration-server/http/secret";
import { sentValues } from "../../../src/integration-server/http/sent-values";

const secrets = { add: () => undefined, redact: (text: string) => text.replaceAll("hunter2", "***") };

it("names each value by its path, and no secret", () => {
  const body = {
    image: { id: 7, skip: false, nothing: undefined },
    svms: [{ name: "svm-1", password: new Secret("hunter2") }, { name: "hunter2" }],
  };
  expect(sentValues(body, secrets)).toBe(
    'image.id = 7, image.skip = false, svms[0].name = "svm-1", svms[1].name = "***"',
  );
});

it("is one line of bounded length", () => {
  const long = sentValues({ text: `a\u202e${"b".repeat(5_000)}` }, secrets);
  expect(long).toHaveLength(1_001);
  expect(long).not.toContain("\u202e");
});

it.each([undefined, {}, { password: new Secret("hunter2") }])("is nothing where there are no values: %j", (body) => {
  expect(sentValues(body, secrets)).toBeUndefined();
});
