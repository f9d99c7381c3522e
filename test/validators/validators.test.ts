import * as exported from "../../src/validators";

const validators = { ...exported };

type ValidatorName = {
  [K in keyof typeof validators]: (typeof validators)[K] extends (value: string) => string | undefined ? K : never;
}[keyof typeof validators];

const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const SHA1 = "ab".repeat(20);
const SHA256 = "AB".repeat(32);
const SSH = `SHA256:${"a".repeat(43)}`;
const colons = (hex: string) => hex.match(/../g)!.join(":");

const VALID: Readonly<Record<ValidatorName, readonly string[]>> = {
  hostAddress: [
    "10.0.0.5",
    "10.0.0.5:443",
    "vc",
    "vc.example.com:443",
    "[2001:db8::5]",
    "[2001:db8::5]:443",
    "сервер.рф",
  ],
  serverAddress: ["viis", "viis.example.com:7271", "https://viis.example.com", "https://10.0.0.5:7271/", "[::1]:7271"],
  hostName: ["ksc", "ksc.example.com", "10.0.0.5"],
  ipv4Address: ["0.0.0.0", "10.0.0.5", "192.168.199.249", "255.255.255.255"],
  subnetMask: ["128.0.0.0", "255.0.0.0", "255.255.254.0", "255.255.255.252", "255.255.255.255"],
  manifestPath: ["/svm.xml", "/opt/svm images/svm.XML", "C:\\svm\\svm.xml", "c:/svm.xml", "\\\\nas\\share\\svm.xml"],
  certificateThumbprint: [SHA1, SHA256, colons(SHA1), colons(SHA256).toLowerCase()],
  trustedThumbprint: [SHA1, SHA256, colons(SHA1), SSH, SSH.slice(7), `${SSH}=`, `MD5:${colons("ab".repeat(16))}`],
  notEmpty: ["x"],
  oneLine: ["svm-01", "", "é 😀👩‍🚀", " x "],
  passwordNotEmpty: ["x", "пароль", " "],
  pemOrPath: [PEM, "ca.pem", "/etc/ssl/ca.pem", "./no-such-file.pem"],
  productPassword: ["x", "x".repeat(60), `aZ09!"#$%&'()*+,-./:;<=>?@[\\]^_{|}~\``],
};

const INVALID: Readonly<Record<ValidatorName, readonly (readonly [string, RegExp])[]>> = {
  hostAddress: [
    ["", /got: ""/],
    ["vc:", /host:port/],
    ["vc:0", /host:port/],
    ["vc:65536", /host:port/],
    ["300.0.0.1", /host:port/],
    ["vc example", /host:port/],
    ["https://vc.example.com:443/sdk", /got: "https:.*Write it as "vc\.example\.com:443"/],
    ["ssh://kvm", /Write it as "kvm"/],
    ["user@kvm:22", /must not hold a user name or a password(?!.*user@).*Write it as "kvm:22"/],
    ["https://root:hunter2@kvm:22", /must not hold a user name or a password(?!.*hunter2).*Write it as "kvm:22"/],
    ["root:12/34@kvm", /must not hold a user name or a password(?!.*12).*Write it as "kvm"/],
    ["vc/path", /Write it as "vc"/],
    ["2001:db8::5", /brackets: "\[2001:db8::5\]"/],
  ],
  serverAddress: [
    ["", /https URL/],
    ["http://viis", /Write it as "viis"/],
    ["https://admin:hunter2@viis/", /^must not hold a user name or a password(?!.*hunter2)/],
    ["https://viis/api/3.0", /Write it as "viis"/],
  ],
  hostName: [
    ["", /got: ""/],
    ["ksc:14000", /without protocol and port.*got: "ksc:14000"/],
    ["https://ksc", /without protocol and port/],
    ["admin:hunter2@ksc", /^must not hold a user name or a password(?!.*hunter2)/],
  ],
  ipv4Address: [
    ["", /got: ""/],
    ["10.0.0", /IPv4 address/],
    ["10.0.0.256", /IPv4 address/],
    ["10.0.0.05", /IPv4 address/],
    ["10.0.0.5/24", /IPv4 address/],
    ["fe80::1", /IPv4 address/],
  ],
  subnetMask: [
    ["0.0.0.0", /contiguous/],
    ["255.0.255.0", /contiguous/],
    ["255.255.255.253", /contiguous/],
    ["24", /got: "24"/],
  ],
  manifestPath: [
    ["", /got: ""/],
    ["svm.xml", /absolute path/],
    ["C:svm.xml", /absolute path/],
    ["\\\\nas\\svm.xml", /absolute path/],
    ["/opt/svm.ova", /\.xml file/],
    ["/opt/.xml/", /\.xml file/],
  ],
  certificateThumbprint: [
    ["", /got: ""/],
    ["ab", /40 hexadecimal digits/],
    [`${SHA1}x`, /64/],
    [SSH, /40 hexadecimal digits/],
  ],
  trustedThumbprint: [
    ["", /got: ""/],
    ["ab".repeat(19), /SHA-1: 40 digits/],
    ["SHA256:short", /43 Base64 characters/],
  ],
  notEmpty: [
    ["", /got: ""/],
    ["  ", /must not be empty/],
  ],
  oneLine: [
    ["svm\n01", /one line.*got: "svm\ufffd01"/],
    ["svm\t01", /control characters/],
    ["\u202egnp.mvs", /direction marks/],
  ],
  passwordNotEmpty: [["", /must not be empty/]],
  pemOrPath: [
    [" ", /path of such a file/],
    ["-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----", /got: PEM text with PRIVATE KEY/],
    [PEM.slice(0, 40), /must be a certificate in PEM form/],
  ],
  productPassword: [
    ["", /must not be empty/],
    ["x".repeat(61), /at most 60 characters, got: 61 characters/],
    ["пароль", /Latin letters/],
    ["two words", /Latin letters/],
    ["tab\t", /Latin letters/],
  ],
};

function cases<T>(table: Readonly<Record<ValidatorName, readonly T[]>>): [ValidatorName, T][] {
  return (Object.keys(table) as ValidatorName[]).flatMap((name) =>
    table[name].map((value): [ValidatorName, T] => [name, value]),
  );
}

test.each(cases(VALID))("%s accepts %j", (name, value) => {
  expect(validators[name](value)).toBeUndefined();
});

test.each(cases(INVALID).map(([name, [value, message]]) => [name, value, message] as const))(
  "%s refuses %j",
  (name, value, message) => {
    expect(validators[name](value)).toMatch(message);
  },
);

test.each(["пароль".repeat(11), "geheimes Wörtchen", "x".repeat(61)])(
  "no message repeats the password %j",
  (password) => {
    expect(validators.productPassword(password)).not.toContain(password);
  },
);

test("positiveInteger accepts 1 and refuses 0, fractions and infinity", () => {
  const { positiveInteger } = validators;

  expect(positiveInteger(1)).toBeUndefined();
  expect([0, 1.5, -1, Number.POSITIVE_INFINITY].map((value) => positiveInteger(value))).toEqual(
    [0, 1.5, -1, "Infinity"].map((value) => `must be a whole number of at least 1, got: ${value}`),
  );
});

describe("sameThumbprint", () => {
  test.each([
    [SHA1, SHA1.toUpperCase()],
    [SHA1, colons(SHA1)],
    [SHA256, `sha256:${colons(SHA256)}`],
    [SSH, SSH.slice(7)],
    [SSH, `${SSH}=`],
  ])("takes %s and %s for the same", (one, other) => {
    expect(validators.sameThumbprint(one, other)).toBe(true);
  });

  test.each([
    [SHA1, SHA256],
    [SHA1, `${SHA1.slice(0, -1)}c`],
    [SSH, SSH.toUpperCase()],
  ])("takes %s and %s for different", (one, other) => {
    expect(validators.sameThumbprint(one, other)).toBe(false);
  });
});
