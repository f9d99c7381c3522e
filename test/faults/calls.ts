/** Every documented call with everything that can become of a call. */
import type { Fault, FaultRule } from "../../src/simulator";
import type { Moment, Row } from "./row";
import {
  certificate,
  cloudConnection,
  cloudSvm,
  connection,
  image,
  lookUps,
  reserveServer,
  type Story,
  sshKey,
  svms,
} from "./stories";
import type { Bench } from "./support/bench";

interface Call extends Pick<Row, "story" | "prepare"> {
  readonly method: string;
  readonly path: string;
  /** What it is called where it is told. */
  readonly at: string;
  readonly during: readonly Moment[];
  /** When a server is believed that says for the whole run that an object does not exist: what it denies is lost then. */
  readonly isBelieved?: readonly Moment[];
}

const API = "/api/3.0";
const SVM = "/management/deployment/svm/";

const call = (
  story: Story,
  request: string,
  during: readonly Moment[],
  prepare?: (bench: Bench) => void,
  at = request,
): Call => {
  const [method = "", path = ""] = request.split(" ");
  return { story, method, path: API + path, at, during, ...(prepare && { prepare }) };
};

const CALLS: readonly Call[] = [
  call(connection, "GET /auth/tokens", ["apply", "plan", "destroy"]),
  call(certificate, "GET /sslConfig/getCertificate", ["apply", "plan"]),
  call(sshKey, "GET /sshConfig/getSshKey", ["apply", "plan"]),
  call(certificate, "POST /sslConfig/certificateValidator/rules", ["apply"]),
  call(cloudConnection, "POST /infrastructures/testConnection", ["apply"]),
  call(connection, "POST /infrastructures", ["apply"]),
  { ...call(connection, "GET /infrastructures/*", ["apply", "plan", "destroy"]), isBelieved: ["destroy"] },
  call(svms, "POST /infrastructures/*/refresh", ["plan"], ({ simulator }) => simulator.removeSvm("svm-1")),
  call(connection, "DELETE /infrastructures/*", ["destroy"]),
  call(svms, "GET /infrastructures/*/objects", ["apply", "plan", "update", "destroy"]),
  call(lookUps, "GET /infrastructures/*", ["plan"], undefined, "GET /infrastructures/* (look-ups)"),
  call(lookUps, "GET /infrastructures/*/objects", ["plan"], undefined, "GET /infrastructures/*/objects (look-ups)"),
  call(lookUps, "GET /infrastructures/*/objects/*", ["plan"]),
  call(image, `POST ${SVM}images/register/manifest`, ["apply"]),
  call(image, `PUT ${SVM}images/*/validate`, ["apply"]),
  call(svms, `POST ${SVM}`, ["apply"]),
  call(svms, `PUT ${SVM}`, ["update"]),
  call(svms, `DELETE ${SVM}`, ["destroy"]),
  call(cloudSvm, `POST ${SVM}`, ["apply"], undefined, `POST ${SVM} (OpenStack)`),
  call(svms, "GET /virtualization/tasks/*", ["apply", "update", "destroy"]),
  call(reserveServer, "PUT /server/configuration/role", ["apply"]),
  call(reserveServer, "POST /ha/instances", ["apply"]),
  call(reserveServer, "GET /ha/instances", ["apply"]),
  {
    ...call(reserveServer, "GET /ha/instances/*", ["apply", "plan", "update", "destroy"]),
    isBelieved: ["update", "destroy"],
  },
  call(reserveServer, "PUT /ha/instances/*", ["update"]),
  call(reserveServer, "DELETE /ha/instances/*", ["destroy"]),
];

interface Trouble extends Pick<Row, "pace" | "requestTimeout" | "settlesAfter"> {
  readonly name: string;
  readonly fault: Fault;
  /** No new connection is taken for so many simulated milliseconds. */
  readonly down?: number;
  /** Whether it passes by itself, so that a question is asked again. */
  readonly passes: boolean;
  /** Whether it may also be so for as long as the run takes. */
  readonly lasts?: boolean;
  /** Whether a change may have been made all the same, for all that the client can know. */
  readonly isUncertain: boolean;
}

/** Requests time out after thirty seconds, which is a second and a half at this pace. */
const SLOWLY = { pace: 20, requestTimeout: 30_000 };
const THIRTY = 30_000;
/** Longer than a request may take: real milliseconds, at that pace. */
const TOO_LONG = 2_000;

const status = (code: number, others: Partial<Trouble> = {}): Trouble => ({
  name: String(code),
  fault: { kind: "status", status: code },
  passes: code >= 500,
  isUncertain: code >= 500,
  lasts: true,
  ...others,
});
const done = (code: number): Trouble =>
  status(code, { name: `${code}, done`, fault: { kind: "status", status: code, handled: true }, lasts: false });
const passing = (name: string, fault: Fault, others: Partial<Trouble> = {}): Trouble => ({
  name,
  fault,
  passes: true,
  isUncertain: true,
  ...others,
});

const TROUBLES: readonly Trouble[] = [
  passing("refused", { kind: "dropBefore" }, { down: THIRTY }),
  passing("reset, not done", { kind: "dropBefore" }, { lasts: true }),
  passing("reset, done", { kind: "dropAfter" }, { lasts: true }),
  passing("reset in the answer", { kind: "dropDuring" }),
  passing(
    "time-out, done late",
    { kind: "latency", milliseconds: TOO_LONG },
    { ...SLOWLY, settlesAfter: TOO_LONG * SLOWLY.pace },
  ),
  passing("time-out, done", { kind: "slowHeaders", milliseconds: TOO_LONG }, SLOWLY),
  status(401),
  status(403),
  status(404),
  status(409),
  status(429, {
    name: "429, Retry-After",
    fault: { kind: "status", status: 429, retryAfter: 1 },
    passes: true,
    lasts: false,
  }),
  status(500),
  done(500),
  status(502),
  done(502),
  status(503),
  passing("503, Retry-After", { kind: "status", status: 503, retryAfter: 1 }, { isUncertain: false }),
  passing("empty", { kind: "empty" }, { lasts: true }),
  passing("HTML", { kind: "html" }, { lasts: true }),
  passing("truncated", { kind: "truncated" }, { lasts: true }),
  passing("wrong types", { kind: "wrongTypes" }, { passes: false, lasts: true }),
  passing("10 MB", { kind: "huge", bytes: 10_000_000 }),
  passing("slow", { kind: "slowBody", milliseconds: 200 }),
];

export function callRows(): Row[] {
  return CALLS.flatMap((each) =>
    each.during.flatMap((during) =>
      TROUBLES.flatMap((trouble) => {
        const isQuestion = each.method === "GET";
        const once = rowOf(each, during, trouble, 1);
        const isBelieved = trouble.name === "404" && each.isBelieved?.includes(during) === true;
        return isQuestion && trouble.lasts === true && !isBelieved
          ? [once, rowOf(each, during, trouble, Number.POSITIVE_INFINITY)]
          : [once];
      }),
    ),
  );
}

function rowOf(each: Call, during: Moment, trouble: Trouble, times: number): Row {
  const { story, at, method, path, prepare } = each;
  const { fault, down, pace, requestTimeout, settlesAfter } = trouble;
  const isQuestion = method === "GET";
  const rule: FaultRule = { method, path, fault, times };
  return {
    at,
    story,
    during,
    fault: times === 1 ? trouble.name : `${trouble.name}, always`,
    ...(prepare && { prepare }),
    ...(pace !== undefined && { pace }),
    ...(settlesAfter !== undefined && { settlesAfter }),
    requestTimeout,
    // A server that has never answered may be the wrong one. Whatever never left can be sent again, also a change.
    goesOn: path !== `${API}/auth/tokens` && times === 1 && (isQuestion ? trouble.passes : down !== undefined),
    mayAsk: method === "POST" && path === `${API}/infrastructures` && trouble.isUncertain,
    strike: (bench) => (down === undefined ? strike(bench, rule) : refuse(bench, rule, { during, isQuestion, down })),
  };
}

export function strike({ simulator }: Bench, rule: FaultRule): () => boolean {
  const { times = 1 } = rule;
  const active = simulator.faults.add(rule);
  // What strikes always never has less to come.
  return () => (times === Number.POSITIVE_INFINITY ? simulator.requests.count(rule) > 0 : active.remaining < times);
}

/**
 * Changes go over connections of their own, which are refused from the sign-in of the process that makes them on; a
 * question's is reset first.
 */
function refuse(bench: Bench, rule: FaultRule, { during, isQuestion, down }: Refusal): () => boolean {
  const { simulator } = bench;
  const signIns = () => simulator.requests.count({ path: `${API}/auth/tokens` });
  const last = signIns() + (during === "plan" ? 1 : 2);
  const active = isQuestion ? simulator.faults.add(rule) : undefined;
  return bench.refuseFor(down, () => (active === undefined ? signIns() >= last : active.remaining === 0));
}

interface Refusal {
  readonly during: Moment;
  readonly isQuestion: boolean;
  readonly down: number;
}
