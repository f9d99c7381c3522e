import { type Failure, failureOf, isNotFound, TaskFailedError, TlsError } from "../../../src/integration-server";
import {
  AnswerLostError,
  ApiError,
  type Asked,
  AuthenticationError,
  InvalidArgumentError,
  MalformedAnswerError,
  NetworkError,
  TokenRefusedError,
} from "../../../src/integration-server/http/errors";

const LOOK: Asked = { call: "GET /api/3.0/virtualization/tasks/t", isQuestion: true };
const CHANGE: Asked = { call: "POST /api/3.0/management/deployment/svm/", isQuestion: false };

type Judged = Pick<Failure, "effect" | "passes" | "about">;
const judged = (effect: Judged["effect"], passes: boolean, about: Judged["about"] = "call"): Judged => ({
  effect,
  passes,
  about,
});
const answered =
  (status: number, message?: string, retryAfter?: number) =>
  (asked: Asked): ApiError =>
    new ApiError(asked, status, message, retryAfter);
const flawed =
  (flaw: MalformedAnswerError["flaw"]) =>
  (asked: Asked): MalformedAnswerError =>
    new MalformedAnswerError(asked, { flaw, path: "", expected: "an object", got: "a text" });

/** What failed, and what that means for a look and for a change. */
const TABLE: readonly [string, (asked: Asked) => unknown, look: Judged, change: Judged][] = [
  ["no connection", ({ call }) => new NetworkError(call, "s:1", "refused"), judged("none", true), judged("none", true)],
  ["300", answered(300), judged("none", false), judged("unknown", false)],
  ["302, as of a login page", answered(302), judged("none", false), judged("unknown", false)],
  ["400", answered(400, "no"), judged("none", false, "body"), judged("none", false, "body")],
  ["401", answered(401), judged("none", false), judged("none", false)],
  ["403", answered(403, "no"), judged("none", false), judged("none", false)],
  ["404 of an object", answered(404, "no such"), judged("none", false, "body"), judged("none", false, "body")],
  ["404 without a word", answered(404), judged("none", false), judged("none", false)],
  ["405", answered(405), judged("none", false), judged("none", false)],
  ["408", answered(408), judged("none", true), judged("none", true)],
  ["409", answered(409, "there is"), judged("none", false, "body"), judged("none", false, "body")],
  ["410", answered(410, "gone"), judged("none", false, "body"), judged("none", false, "body")],
  ["413", answered(413), judged("none", false, "body"), judged("none", false, "body")],
  ["422", answered(422), judged("none", false, "body"), judged("none", false, "body")],
  ["429", answered(429), judged("none", true), judged("none", true)],
  ["429 with Retry-After", answered(429, "", 1_000), judged("none", true), judged("none", true)],
  ["500", answered(500), judged("none", true), judged("unknown", true)],
  ["502", answered(502), judged("none", true), judged("unknown", true)],
  ["503", answered(503), judged("none", true), judged("unknown", true)],
  ["503 with Retry-After", answered(503, "", 0), judged("none", true), judged("none", true)],
  ["504", answered(504), judged("none", true), judged("unknown", true)],
  ["520, as of a proxy", answered(520), judged("none", true), judged("unknown", true)],
  ["no JSON", flawed("garbled"), judged("none", true), judged("unknown", true)],
  ["an answer of another shape", flawed("shape"), judged("none", false), judged("unknown", false)],
  ["an answer about another object", flawed("foreign"), judged("none", true), judged("unknown", true)],
  [
    "an untrusted server",
    () => new TlsError("s:1", "expired", "expired"),
    judged("none", false),
    judged("none", false),
  ],
  [
    "a wrong password",
    ({ call }) => new AuthenticationError(call, "s:1", 401, undefined),
    judged("none", false),
    judged("none", false),
  ],
  [
    "a refused token",
    ({ call }) => new TokenRefusedError(call, undefined),
    judged("none", false),
    judged("none", false),
  ],
  [
    "a wrong argument",
    () => new InvalidArgumentError("id", "is empty", "Fill it in."),
    judged("none", false),
    judged("none", false),
  ],
  ["whatever is no failure of a call", () => new Error("interrupted"), judged("none", false), judged("none", false)],
];

describe("what the failure of a look means:", () => {
  it.each(TABLE)("%s", (_, fail, look) => expect(failureOf(fail(LOOK))).toMatchObject(look));
});

describe("what the failure of a change means:", () => {
  it.each(TABLE)("%s", (_, fail, _look, change) => expect(failureOf(fail(CHANGE))).toMatchObject(change));

  it("a lost answer", () => {
    expect(failureOf(new AnswerLostError(CHANGE.call, "s:1", "reset"))).toMatchObject(judged("unknown", true));
  });
});

it.each([
  [400, "refused"],
  [401, "unauthorized"],
  [404, "missing"],
  [409, "conflict"],
  [410, "missing"],
])("status %i is of the kind %s", (status, kind) => {
  expect(failureOf(new ApiError(CHANGE, status, undefined)).kind).toBe(kind);
});

it("an object that is missing is told from anything else", () => {
  const failures = [404, 410, 400, 500].map((status) => new ApiError(LOOK, status, undefined));
  expect([...failures, new Error("404")].map(isNotFound)).toEqual([true, true, false, false, false]);
});

it("the failure of a task is judged by whoever began it, not as a call", () => {
  const task = { id: "t", state: "Failed", children: [], parameters: {} } as never;
  expect(failureOf(new TaskFailedError(task))).toMatchObject(judged("none", false));
});

describe("advice", () => {
  const advices = (asked: Asked) => TABLE.map(([, fail]) => (fail(asked) as { readonly advice?: string }).advice ?? "");

  it("never says of a look that it may have taken effect", () => {
    expect(advices(LOOK).filter((advice) => advice.includes("taken effect"))).toEqual([]);
  });

  it("says of a change that it may have taken effect where that is so, and only there", () => {
    const saying = TABLE.filter((_, index) => /may have taken effect/.test(advices(CHANGE)[index]!));
    expect(saying.map(([name]) => name)).toEqual(
      TABLE.filter(([, , , { effect }]) => effect === "unknown").map(([name]) => name),
    );
  });
});
