import { once } from "node:events";
import type { OutgoingHttpHeaders } from "node:http2";
import fc from "fast-check";
import { FrameReader } from "../../../../src/terraform/plugin/http2/frame-reader";
import { HeaderBlocks } from "../../../../src/terraform/plugin/http2/header-blocks";
import { HpackDecoder } from "../../../../src/terraform/plugin/http2/hpack/decoder";
import { encodeFields } from "../../../../src/terraform/plugin/http2/hpack/encoder";
import type { Field } from "../../../../src/terraform/plugin/http2/hpack/field";
import { settings } from "../../../../src/terraform/plugin/http2/wire";
import { IGNORE, TestServer } from "./server";

const decoder = () => new HpackDecoder({ maxListSize: 4096 });
const pairs = (fields: readonly Field[]) => fields.map(({ name, value }) => [name, value]);
const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");

const FIRST = [
  [":method", "GET"],
  [":scheme", "http"],
  [":path", "/"],
  [":authority", "www.example.com"],
];
const SECOND = [...FIRST, ["cache-control", "no-cache"]];
const THIRD = [
  [":method", "GET"],
  [":scheme", "https"],
  [":path", "/index.html"],
  [":authority", "www.example.com"],
  ["custom-key", "custom-value"],
];

/** The examples of RFC 7541: blocks of one connection, and what they say. */
const EXAMPLES: readonly (readonly [string, readonly (readonly [string, readonly (readonly string[])[]])[]])[] = [
  [
    "C.3: requests without Huffman code",
    [
      ["8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d", FIRST],
      ["8286 84be 5808 6e6f 2d63 6163 6865", SECOND],
      ["8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65", THIRD],
    ],
  ],
  [
    "C.4: requests with Huffman code",
    [
      ["8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff", FIRST],
      ["8286 84be 5886 a8eb 1064 9cbf", SECOND],
      ["8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf", THIRD],
    ],
  ],
  [
    "C.6: answers with Huffman code, in a table of 256 bytes, which is said here first",
    [
      [
        "3fe101 4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3",
        [
          [":status", "302"],
          ["cache-control", "private"],
          ["date", "Mon, 21 Oct 2013 20:13:21 GMT"],
          ["location", "https://www.example.com"],
        ],
      ],
      [
        "4883 640e ffc1 c0bf",
        [
          [":status", "307"],
          ["cache-control", "private"],
          ["date", "Mon, 21 Oct 2013 20:13:21 GMT"],
          ["location", "https://www.example.com"],
        ],
      ],
      [
        "88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07",
        [
          [":status", "200"],
          ["cache-control", "private"],
          ["date", "Mon, 21 Oct 2013 20:13:22 GMT"],
          ["location", "https://www.example.com"],
          ["content-encoding", "gzip"],
          ["set-cookie", "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1"],
        ],
      ],
    ],
  ],
];

test.each(EXAMPLES)("example %s", (_, blocks) => {
  const reader = decoder();
  for (const [block, fields] of blocks) expect(pairs(reader.decode(hex(block)))).toEqual(fields);
});

test.each([
  ["an index of none", "80"],
  ["an index beyond the table", "be"],
  ["a number that ends early", "ff"],
  ["a number without end", "ffffffffffffffffffff"],
  ["a text that ends early", "4005 6162"],
  ["a table larger than agreed", "3fe23f"],
  ["a change of the table's size after a field", "8220"],
  ["a text with the code of its end", "4084 ffff ffff 00"],
  ["a text with a byte of padding too many", "4082 1fff 00"],
  ["a text whose padding is not all ones", "4081 1800"],
])("%s is refused", (_, block) => {
  expect(() => decoder().decode(hex(block))).toThrow(expect.objectContaining({ name: "HpackError" }));
});

test("fields that are small on the wire and large in memory are refused", () => {
  const field = encodeFields({ x: "y".repeat(2000) });
  field[0] = 0x40;
  const reader = decoder();
  reader.decode(field);
  expect(() => reader.decode(Buffer.alloc(100, 0xbe))).toThrow("more than 4096 bytes");
});

test("a field that is larger than the table empties it", () => {
  const reader = new HpackDecoder({ maxListSize: 10_000 });
  const add = (value: string) => Buffer.concat([Buffer.from([0x40]), encodeFields({ x: value }).subarray(1)]);
  const newest = Buffer.from([0xbe]);
  reader.decode(add("kept"));
  expect(pairs(reader.decode(newest))).toEqual([["x", "kept"]]);
  reader.decode(add("y".repeat(5000)));
  expect(() => reader.decode(newest)).toThrow("index 62");
});

const name = fc.string({ unit: fc.constantFrom(..."abcxyz0189-_"), minLength: 1, maxLength: 12 }).map((it) => `x${it}`);
const value = fc.string({ unit: fc.integer({ min: 0x21, max: 0xff }).map((code) => String.fromCharCode(code)) });
/** Some values occur again and again, so that tables are used. */
const header = fc.dictionary(name, fc.oneof(fc.constantFrom("a", "trailers", "b".repeat(300)), value), { maxKeys: 8 });

test("what Node.js' own HTTP/2 sends is what arrives, however it encodes it", async () => {
  const received: (readonly Field[])[] = [];
  let arrived = () => {};
  const server = await TestServer.start(
    () => IGNORE,
    (socket) => {
      const reader = new FrameReader();
      const blocks = new HeaderBlocks();
      socket.write(settings([]));
      socket.on("data", (bytes: Buffer) =>
        reader.read(bytes, (frame) => {
          const whole = blocks.take(frame);
          if (whole === undefined) return;
          received.push(whole.fields);
          arrived();
        }),
      );
      socket.on("error", () => {});
    },
  );
  const session = server.session();
  await once(session, "remoteSettings");
  await fc.assert(
    fc.asyncProperty(header, async (fields) => {
      const arrival = new Promise<void>((resolve) => {
        arrived = resolve;
      });
      const stream = session.request(fields as OutgoingHttpHeaders, { endStream: true });
      stream.on("error", () => {});
      await arrival;
      const regular = (received.at(-1) ?? []).filter((field) => !field.name.startsWith(":"));
      expect(Object.fromEntries(pairs(regular))).toEqual({ ...fields });
    }),
    { numRuns: 300 },
  );
  await server.stop();
});
