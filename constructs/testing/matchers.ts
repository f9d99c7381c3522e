/** Matchers for Jest and Vitest, which say what there is where something is missing. */
import type { InfrastructureSnapshot, SvmSnapshot } from "../../src/simulator";
import type { TestDeployment } from "./deployment";

/** Values, or asymmetric matchers such as `expect.stringMatching(…)`. */
export type Expected<Properties> = { readonly [Name in keyof Properties]?: unknown };

/** What `expect(…)` of a deployment, or of anything that has its `server`, can be asked. */
export interface KsvlaMatchers<Result = unknown> {
  /**
   * An SVM of this name is on the server, once, and has these properties: `expect(deployment).toHaveSvm("svm-esx-01",
   * { place: "esx-01", running: true })`.
   */
  toHaveSvm(name: string, properties?: Expected<SvmSnapshot>): Result;
  /** The server has a connection to this address, with these properties; it is connected, unless `status` says otherwise. */
  toHaveInfrastructure(address: string, properties?: Expected<InfrastructureSnapshot>): Result;
  /** The server trusts what is presented at this address, `host:port`; with a thumbprint, that and nothing else is meant. */
  toTrust(address: string, thumbprint?: string): Result;
  /** Another deployment would change nothing. */
  toPlanNoChanges(): Result;
}

interface MatcherState {
  equals(one: unknown, other: unknown): boolean;
}
interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** For `expect.extend`. The entries `cdktf-ksvla/testing/jest`, `…/jest-globals` and `…/vitest` call that themselves. */
export const matchers = {
  toHaveSvm(
    this: MatcherState,
    received: unknown,
    name: string,
    properties: Expected<SvmSnapshot> = {},
  ): MatcherResult {
    const { svms } = serverOf(received, "toHaveSvm");
    const listed = svms.map((svm) => `${svm.name} on ${svm.place}, ${svm.platform}`);
    return found(
      this,
      `the SVM ${name}`,
      svms.filter((svm) => svm.name === name),
      properties,
      listed,
    );
  },

  toHaveInfrastructure(
    this: MatcherState,
    received: unknown,
    address: string,
    properties: Expected<InfrastructureSnapshot> = {},
  ): MatcherResult {
    const { infrastructures } = serverOf(received, "toHaveInfrastructure");
    const listed = infrastructures.map((each) => `${each.type} at ${each.address}, ${each.status}`);
    const there = infrastructures.filter((each) => each.address.toLowerCase() === address.toLowerCase());
    return found(this, `the infrastructure ${address}`, there, { status: "CONNECTED", ...properties }, listed);
  },

  toTrust(this: MatcherState, received: unknown, address: string, thumbprint?: string): MatcherResult {
    const { trusted } = serverOf(received, "toTrust");
    const wanted = thumbprint === undefined ? {} : { thumbprint: plain(thumbprint) };
    const rules = trusted.map((rule) => ({ address: rule.address, thumbprint: plain(rule.thumbprint) }));
    const pass = rules.some((rule) => this.equals(rule, { ...rule, address: address.toLowerCase(), ...wanted }));
    const what = `${address}${thumbprint === undefined ? "" : ` with ${thumbprint}`}`;
    const listed = trusted.map((rule) => `${rule.address} with ${rule.thumbprint}`);
    return {
      pass,
      message: () => `Expected the server ${pass ? "not " : ""}to trust ${what}.\n${listing("It trusts", listed)}`,
    };
  },

  toPlanNoChanges(this: MatcherState, received: unknown): MatcherResult {
    const { changes } = deploymentOf(received, "toPlanNoChanges");
    const listed = changes.map(({ stack, address, action }) => `${action} ${address} in ${stack}`);
    const pass = changes.length === 0;
    return {
      pass,
      message: () =>
        `Expected another deployment to change ${pass ? "something" : "nothing"}.\n${listing("It would", listed)}`,
    };
  },
};

function found<Thing extends object>(
  { equals }: MatcherState,
  what: string,
  things: readonly Thing[],
  properties: Expected<Thing>,
  listed: readonly string[],
): MatcherResult {
  const [thing, ...others] = things;
  if (thing === undefined) {
    return { pass: false, message: () => `Expected the server to have ${what}.\n${listing("It has", listed)}` };
  }
  if (others.length > 0) {
    return { pass: false, message: () => `Expected the server to have ${what} once.\n${listing("It has", listed)}` };
  }
  const actual = new Map(Object.entries(thing));
  const different = Object.entries(properties).filter(([name, value]) => !equals(actual.get(name), value));
  const differences = different.map(([name, value]) => `${name} is ${shown(actual.get(name))}, not ${shown(value)}`);
  if (different.length === 0) {
    const wanted = Object.keys(properties).length > 0 ? ` with ${shown(properties)}` : "";
    return { pass: true, message: () => `Expected the server not to have ${what}${wanted}.` };
  }
  return { pass: false, message: () => `Expected ${what} to be another.\n${listing("Its", differences)}` };
}

function listing(heading: string, lines: readonly string[]): string {
  return lines.length === 0 ? `${heading} nothing.` : [`${heading}:`, ...lines.map((line) => `  ${line}`)].join("\n");
}

function shown(value: unknown): string {
  return value === undefined ? "undefined" : JSON.stringify(value);
}

const plain = (thumbprint: string): string => thumbprint.replace(/[^0-9A-Za-z]/g, "").toUpperCase();

type Deployed = Pick<TestDeployment, "server">;

function serverOf(received: unknown, matcher: string): TestDeployment["server"] {
  if (typeof received === "object" && received !== null && "server" in received) return (received as Deployed).server;
  throw new TypeError(`${matcher} is for what deployStack returns, got: ${kindOf(received)}. Is an await missing?`);
}

function deploymentOf(received: unknown, matcher: string): TestDeployment {
  if (typeof received === "object" && received !== null && "changes" in received) return received as TestDeployment;
  throw new TypeError(`${matcher} is for what deployStack returns, got: ${kindOf(received)}. Is an await missing?`);
}

function kindOf(value: unknown): string {
  if (value instanceof Promise) return "a promise";
  return value === null ? "null" : typeof value === "object" ? "another object" : typeof value;
}
