/** Rules that hold for every message: advice is never empty, and it is right in both languages. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  AnswerLostError,
  ApiError,
  AuthenticationError,
  ConnectionDownError,
  type IntegrationServerError,
  MalformedAnswerError,
  NetworkError,
  NetworksKeptError,
  SvmExistsError,
  TaskFailedError,
  TlsError,
  TokenRefusedError,
} from "../src/integration-server";
import { SvmUnidentifiedError } from "../src/integration-server/svms/errors";

const ROOT = join(__dirname, "..");
const LOOK = { call: "GET /api/3.0/x", isQuestion: true };
const CHANGE = { call: "POST /api/3.0/x", isQuestion: false };
const VM = { kind: "vm", id: "7", name: "svm-07" } as never;
const TLS_REASONS = [
  "self-signed",
  "unknown-issuer",
  "expired",
  "not-yet-valid",
  "name-mismatch",
  "thumbprint-mismatch",
  "handshake",
  "other",
] as const;
const STATUSES = [301, 400, 401, 403, 404, 405, 408, 409, 410, 422, 429, 500, 503, 504];
const TASK = { id: "t", name: "Deploy", children: [], parameters: {} };

const ERRORS: readonly IntegrationServerError[] = [
  ...[LOOK, CHANGE].flatMap((asked) => [
    ...STATUSES.flatMap((status) => [
      new ApiError(asked, status, undefined),
      new ApiError(asked, status, "no", undefined, "name = 1"),
    ]),
    ...(["garbled", "shape", "foreign"] as const).map(
      (flaw) => new MalformedAnswerError(asked, { flaw, path: "", expected: "JSON", got: "text" }),
    ),
  ]),
  new NetworkError(LOOK.call, "s:1", "refused"),
  new AnswerLostError(CHANGE.call, "s:1", "reset"),
  new AuthenticationError(LOOK.call, "s:1", 401, undefined),
  new TokenRefusedError(LOOK.call, undefined),
  ...TLS_REASONS.map((reason) => new TlsError("s:1", reason, "why")),
  new SvmExistsError(VM, "esx-07"),
  new SvmUnidentifiedError("svm-07", "esx-07"),
  new ConnectionDownError("12", "vcenter"),
  new NetworksKeptError("7", VM),
  ...["Failed", "Cancelled", "Stopped", "Completed"].flatMap((state) => [
    new TaskFailedError({ ...TASK, state } as never),
    new TaskFailedError({ ...TASK, state, error: "no space left" } as never),
  ]),
];

describe("the advice of each error of the client", () => {
  test.each(ERRORS.map((error) => [`${error.name}: ${error.message}`, error.advice]))("%s", (_, advice) => {
    expect(advice).toMatch(/^[A-Z].{30,}\.$/s);
    // Whoever reads it asks which, and how.
    expect(advice).not.toMatch(/Correct it\.|Check the (id|values|password)\.|that were sent\.$|undefined|null/);
  });

  test("repeats, of a request that was refused, what was sent", () => {
    expect(new ApiError(CHANGE, 400, undefined, undefined, 'name = "svm-07"').advice).toContain(
      'These values were sent: name = "svm-07".',
    );
  });
});

/** What is called otherwise in CDKTF, beyond the case of its letters where that could be guessed. */
const ATTRIBUTES = [
  "password_wo",
  "current_password_wo",
  "settings_version",
  "on_existing",
  "manifest_path",
  "image_id",
  "infrastructure_id",
  "port_security_enabled",
  "ca_certificate",
  "journal_directory",
  "import block",
  "ksvla_trusted_certificate for",
  "either host or openstack",
];

describe("a message that names an attribute names its property in CDKTF, too", () => {
  const files = ["src/resources", "src/data-sources", "src/integration-server", "src/ephemeral-resources"]
    .flatMap((folder) => sourcesIn(folder))
    .concat("src/provider.ts", "src/provider-journal.ts");

  test.each(ATTRIBUTES)("%s", (attribute) => {
    const silent = files.flatMap((file) =>
      textsOf(file)
        .filter((text) => new RegExp(`(?<![\\w.])([a-z]+\\.)?${attribute}\\b`).test(text) && !/CDKTF|cdktf/.test(text))
        .map((text) => `${file}: ${text}`),
    );
    expect(silent).toEqual([]);
  });
});

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/schema(-attributes|-settings|-placement|-list)?\.ts$/.test(file))
    .filter((file) => !/(^|\/)schema\//.test(file))
    .map((file) => join(folder, file));
}

/** Full sentences in quotes: a text that is no message has no full stop, or no room between words. */
function textsOf(file: string): readonly string[] {
  const code = readFileSync(join(ROOT, file), "utf8")
    .replaceAll(/\/\*\*?.*?\*\//gs, "")
    .replaceAll(/^\s*\/\/.*$/gm, "");
  const strings = code.match(/`(?:[^`\\]|\\.)*`|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g) ?? [];
  return strings.filter((text) => /\w \w+.*[.:]/s.test(text));
}
