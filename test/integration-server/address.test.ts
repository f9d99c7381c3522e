import { formatAddress, parseAddress, parseServerAddress } from "../../src/integration-server/address";

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
