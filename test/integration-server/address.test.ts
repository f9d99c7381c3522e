import { domainToASCII } from "node:url";
import fc from "fast-check";
import {
  canonicalAddress,
  formatAddress,
  parseAddress,
  parseServerAddress,
  sameAddress,
} from "../../src/integration-server/address";

describe("parseAddress", () => {
  it.each([
    ["vc.example.com", { host: "vc.example.com", port: 443 }],
    ["vc.example.com:8443", { host: "vc.example.com", port: 8443 }],
    ["my_host", { host: "my_host", port: 443 }],
    ["сервер.рф:1", { host: "сервер.рф", port: 1 }],
    ["10.0.0.5:65535", { host: "10.0.0.5", port: 65535 }],
    ["[2001:db8::5]", { host: "2001:db8::5", port: 443 }],
    ["[2001:db8::5]:8006", { host: "2001:db8::5", port: 8006 }],
    ["2001:db8::5", { host: "2001:db8::5", port: 443 }],
  ])("reads %s", (text, address) => {
    expect(parseAddress(text, 443)).toEqual(address);
  });

  it.each([
    "",
    ":443",
    "host:",
    "host:0",
    "host:65536",
    "host:4a3",
    "host:443:443",
    "10.0.0.256",
    "10.0.0",
    "[host]:443",
    "[::1",
    "[fe80::1%eth0]:443",
    "-host",
    "a..b",
    "host/path",
    "user@host",
    "ho st",
    "https://host",
  ])("refuses %p", (text) => {
    expect(parseAddress(text, 443)).toBeUndefined();
  });

  it("needs a port where there is no default one", () => {
    expect(parseAddress("host")).toBeUndefined();
  });
});

describe("parseServerAddress", () => {
  it.each(["viis", "viis:7271", "https://viis", "https://viis:7271", "HTTPS://viis:7271/"])("reads %s", (text) => {
    expect(parseServerAddress(text)).toEqual({ host: "viis", port: 7271 });
  });

  it("reads an IPv6 URL", () => {
    expect(parseServerAddress("https://[::1]:9000")).toEqual({ host: "::1", port: 9000 });
  });

  it.each(["http://viis", "https://viis/api", "https://", "https://u:p@viis"])("refuses %s", (text) => {
    expect(parseServerAddress(text)).toBeUndefined();
  });
});

it("formats IPv6 in brackets, anything else without", () => {
  expect([
    formatAddress({ host: "::1", port: 443 }),
    formatAddress({ host: "10.0.0.5", port: 22 }),
    formatAddress({ host: "vc", port: 443 }),
  ]).toEqual(["[::1]:443", "10.0.0.5:22", "vc:443"]);
});

describe("sameAddress", () => {
  it.each([
    ["VC.example.com", "vc.example.com:443", true],
    ["vc.example.com.", "vc.example.com", true],
    ["vc.example.com.:443", "vc.example.com", true],
    ["vc.example.com:0443", "vc.example.com:443", true],
    ["[2001:DB8:0:0:0:0:0:5]:443", "2001:db8::5", true],
    ["[2001:db8::0005]", "[2001:db8::5]:443", true],
    ["[::ffff:10.0.0.5]", "[::ffff:a00:5]", true],
    ["Bücher.example", "xn--bcher-kva.EXAMPLE", true],
    ["сервер.рф", "СЕРВЕР.РФ.", true],
    ["cafe\u0301.example", "café.example", true],
    ["vc.example.com:8443", "vc.example.com", false],
    ["vc1.example.com", "vc2.example.com", false],
    ["[2001:db8::5]", "[2001:db8::6]", false],
    ["0x7f.1", "127.0.0.1", false],
    ["https://vc/", "https://vc/", true],
    ["https://vc/", "vc", false],
  ])("of %s and %s with the default port 443 is %s", (one, other, expected) => {
    expect(sameAddress(one, other, 443)).toBe(expected);
  });

  const PORT = 443;
  const same = (one: string, other: string): boolean => sameAddress(one, other, PORT);
  const name = fc
    .array(fc.stringMatching(/^[a-wyz][a-z0-9]{0,8}$/), { minLength: 1, maxLength: 4 })
    .map((labels) => labels.join("."));
  const port = fc.integer({ min: 1, max: 65_535 });

  const mixedCase = (text: string) =>
    fc
      .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
      .map((upper) => [...text].map((letter, at) => (upper[at] ? letter.toUpperCase() : letter)).join(""));
  const withDot = (texts: fc.Arbitrary<string>) =>
    fc.tuple(texts, fc.constantFrom("", ".")).map((parts) => parts.join(""));
  const writtenIPv6 = (groups: readonly number[]) =>
    fc
      .array(fc.integer({ min: 1, max: 4 }), { minLength: 8, maxLength: 8 })
      .chain((widths) =>
        mixedCase(groups.map((group, at) => group.toString(16).padStart(widths[at] ?? 1, "0")).join(":")),
      )
      .chain((long) => fc.constantFrom(`[${long}]`, new URL(`http://[${long}]`).hostname));
  /** Each is all that one host may be written as. */
  const hosts: fc.Arbitrary<fc.Arbitrary<string>> = fc.oneof(
    name.map((text) => withDot(mixedCase(text))),
    fc
      .constantFrom("bücher.example", "сервер.рф", "例え.jp", "café.lab")
      .map((text) => withDot(fc.constantFrom(text, domainToASCII(text), text.normalize("NFD")))),
    fc.ipV4().map((text) => fc.constant(text)),
    fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 }).map(writtenIPv6),
  );
  /** Each is all that one address may be written as. */
  const addresses = fc.tuple(hosts, fc.oneof(fc.constant(PORT), port)).map(([host, number]) => {
    const written = [`:${number}`, `:${String(number).padStart(5, "0")}`, ...(number === PORT ? [""] : [])];
    return fc.tuple(host, fc.constantFrom(...written)).map((parts) => parts.join(""));
  });
  const anything = fc.oneof(
    addresses.chain((address) => address),
    fc.constantFrom("vc", "VC", "vc.", "vc:443", "VC.:443", "vc:8443", "[::1]", "::1", "[0::1]:443"),
    fc.string(),
  );

  it("holds between all spellings of one address, and between them and the one that stands for them", () => {
    fc.assert(
      fc.property(
        addresses.chain((address) => fc.tuple(address, address)),
        ([one, other]) => {
          const canonical = canonicalAddress(one, PORT);
          expect(canonicalAddress(other, PORT)).toBe(canonical);
          expect(canonicalAddress(canonical, PORT)).toBe(canonical);
          expect(parseAddress(canonical)).toBeDefined();
        },
      ),
    );
  });

  it("is reflexive, symmetric and transitive over whatever may be written", () => {
    fc.assert(
      fc.property(anything, anything, anything, (a, b, c) => {
        expect(same(a, a)).toBe(true);
        expect(same(a, b)).toBe(same(b, a));
        if (same(a, b) && same(b, c)) expect(same(a, c)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("does not hold between different hosts or ports", () => {
    fc.assert(
      fc.property(name, name, port, port, (host, otherHost, number, otherNumber) => {
        const isSame = host === otherHost && number === otherNumber;
        expect(same(`${host}:${number}`, `${otherHost}:${otherNumber}`)).toBe(isSame);
      }),
    );
  });
});
