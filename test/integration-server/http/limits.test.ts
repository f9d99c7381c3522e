/** What a server, or someone behind it, can send that is more than anybody can use. */
import { gzipSync } from "node:zlib";
import { LARGEST_ANSWER, LARGEST_ERROR, LARGEST_INVENTORY } from "../../../src/integration-server/http/limits";
import { FakeServer, type Handler } from "../fake-server";

const OBJECTS = "/api/3.0/infrastructures/1/objects";

const packed =
  (status: number, text: string | Buffer): Handler =>
  (_, response) => {
    response.writeHead(status, { "content-encoding": "gzip" });
    response.end(gzipSync(text));
    return undefined;
  };

/** What becomes of a list of objects that is answered so. */
async function listed(answer: Handler): Promise<unknown> {
  const server = (await FakeServer.start()).on(`GET ${OBJECTS}`, answer);
  return server
    .client()
    .infrastructures.objects("1")
    .catch((error: unknown) => error);
}

/** What becomes of a question for one task. */
async function asked(answer: Handler): Promise<unknown> {
  const server = (await FakeServer.start()).on("GET /api/3.0/virtualization/tasks/1", answer);
  return server
    .client()
    .tasks.get("1")
    .catch((error: unknown) => error);
}

it("an answer may be compressed", async () => {
  expect(await listed(packed(200, '{"locations":[],"vms":[]}'))).toMatchObject({ locations: [], vms: [] });
});

it("an inventory may be large", async () => {
  const padding = "x".repeat(LARGEST_INVENTORY - 100);
  expect(await listed(packed(200, `{"locations":[],"padding":"${padding}"}`))).toMatchObject({ locations: [] });
});

it.each([
  [
    "a compressed inventory that is larger",
    listed,
    packed(200, Buffer.alloc(LARGEST_INVENTORY + 1, " ")),
    LARGEST_INVENTORY,
  ],
  ["another answer that is larger", asked, packed(200, `{"id":"${"x".repeat(LARGEST_ANSWER)}"}`), LARGEST_ANSWER],
] as const)("%s is malformed", async (_, ask, answer, limit) => {
  const message = expect.stringContaining(`got more than ${limit} bytes`);
  expect(await ask(answer)).toMatchObject({ name: "MalformedAnswerError", flaw: "shape", message });
});

it("four hundred megabytes in four hundred kilobytes are not unpacked", async () => {
  const mebibyte = gzipSync(Buffer.alloc(1024 * 1024, " "));
  const bomb = Buffer.concat(Array.from({ length: 400 }, () => mebibyte));
  const before = process.memoryUsage().arrayBuffers;
  expect(
    await listed((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      response.end(bomb);
      return undefined;
    }),
  ).toMatchObject({ name: "MalformedAnswerError" });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * LARGEST_INVENTORY);
});

it("a compression without content that never ends is ended by the limit, too", async () => {
  const empty = gzipSync("");
  const blocks = Buffer.concat(Array.from({ length: Math.ceil((LARGEST_ANSWER + 1) / empty.length) }, () => empty));
  expect(
    await asked((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      response.end(blocks);
      return undefined;
    }),
  ).toMatchObject({ name: "MalformedAnswerError" });
});

it("a compression that was not asked for is malformed", async () => {
  expect(await asked(() => ({ headers: { "content-encoding": "br" }, body: "{}" }))).toMatchObject({
    name: "MalformedAnswerError",
    message: expect.stringContaining("unknown compression"),
  });
});

it.each([
  ["lists", "[".repeat(20_000) + "]".repeat(20_000)],
  ["objects", `${'{"children":'.repeat(20_000)}1${"}".repeat(20_000)}`],
  ["lists behind a quote in a text", `{"a":"\\"","b":${"[".repeat(20_000)}${"]".repeat(20_000)}}`],
])("twenty thousand nested %s are malformed", async (_, body) => {
  expect(await asked(() => ({ body }))).toMatchObject({
    name: "MalformedAnswerError",
    message: expect.stringContaining("nested deeper than 100 levels"),
  });
});

it("brackets in a text are no nesting", async () => {
  const body = { id: "1", state: "Running", type: "[{".repeat(5_000) };
  expect(await asked(() => ({ body }))).toMatchObject({ state: "Running" });
});

it("millions of values are malformed", async () => {
  expect(await listed(packed(200, `{"vms":[${"{},".repeat(2_000_000)}{}]}`))).toMatchObject({
    name: "MalformedAnswerError",
    message: expect.stringContaining("more than 1300000 values"),
  });
});

it("the answer to a change that cannot be read leaves its effect unknown", async () => {
  const body = "[".repeat(20_000) + "]".repeat(20_000);
  const server = (await FakeServer.start()).on("POST /api/3.0/management/deployment/svm/images/register/manifest", {
    body,
  });
  const error = await server
    .client()
    .images.register({ manifestPath: "/m.xml", infrastructureTypes: ["VMWARE"] })
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: "MalformedAnswerError", isQuestion: false });
});

it("a removal that succeeds has succeeded, whatever its answer says", async () => {
  const server = (await FakeServer.start()).on("DELETE /api/3.0/infrastructures/1", {
    body: "[".repeat(20_000) + "]".repeat(20_000),
  });
  await expect(server.client().infrastructures.delete("1")).resolves.toBeUndefined();
});

it("of an error, only the beginning is read", async () => {
  const message = `no such host ${" ".repeat(10 * LARGEST_ERROR)}`;
  expect(await asked(packed(400, message))).toMatchObject({ name: "ApiError", serverMessage: "no such host" });
});

it.each(["<", "<title", "<style", "<script>", "<!--"])(
  "four hundred kilobytes of %s are an error like others",
  async (text) => {
    expect(await asked(packed(400, text.repeat(400_000 / text.length)))).toMatchObject({
      name: "ApiError",
      status: 400,
    });
  },
);

it("headers without end are a failure of the connection", async () => {
  const headers = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`x-${index}`, "x".repeat(1_000)]));
  expect(await asked(() => ({ headers, body: "{}" }))).toMatchObject({
    name: "NetworkError",
    message: expect.stringContaining("headers"),
  });
});
