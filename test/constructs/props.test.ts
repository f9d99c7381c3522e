/** What callers without a compiler give in place of the properties of a construct, or nothing at all. */
import { Lazy, TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import * as constructs from "../../constructs";
import * as generated from "../../constructs/generated";
import { LifecycleHook } from "../../constructs/hook";
import { untyped } from "./synth";

type Make = (stack: TerraformStack, given: unknown) => unknown;

const { Host, Infrastructure, OpenStackProject, ReserveServer, Secret, Svm, SvmDeployment, SvmImage } = constructs;

/** Whatever the entries export that is a construct. */
const classes = Object.entries({ ...constructs, ...generated, LifecycleHook }).filter(
  ([, exported]) => typeof exported === "function" && exported.prototype instanceof Construct,
);
const made: readonly [string, Make][] = classes.map(([name, type]) => [
  name,
  (stack, given) => new (untyped<new (...args: unknown[]) => unknown>(type))(stack, "it", given),
]);

const references: readonly [string, Make][] = [
  ["Infrastructure", (stack, given) => Infrastructure.fromInfrastructureAttributes(stack, "it", untyped(given))],
  ["Host", (stack, given) => Host.fromHostAttributes(stack, "it", untyped(given))],
  ["OpenStackProject", (stack, given) => OpenStackProject.fromProjectAttributes(stack, "it", untyped(given))],
  ["ReserveServer", (stack, given) => ReserveServer.fromReserveServerAttributes(stack, "it", untyped(given))],
  ["Svm", (stack, given) => Svm.fromSvmAttributes(stack, "it", untyped(given))],
  ["SvmDeployment", (stack, given) => SvmDeployment.fromSvmDeploymentAttributes(stack, "it", untyped(given))],
  [
    "SvmDeployment, of its SVMs",
    (stack, given) => SvmDeployment.fromSvmDeploymentAttributes(stack, "it", { svms: untyped(given) }),
  ],
  ["SvmDeployment, by ids", (stack, given) => SvmDeployment.fromSvmIds(stack, "it", untyped(given))],
  ["SvmImage", (stack, given) => SvmImage.fromImageAttributes(stack, "it", untyped(given))],
];

const helpers: readonly [string, Make][] = [
  ["addSvm", (stack, given) => fleetOf(stack).addSvm("svm", untyped(given))],
  ["addSvmPerHost", (stack, given) => fleetOf(stack).addSvmPerHost(untyped(given))],
];

function fleetOf(stack: TerraformStack) {
  return new SvmDeployment(stack, "it", { image: SvmImage.fromImageId(stack, "image", "1") });
}

/** The properties of these may be left out. */
const OPTIONAL = ["KsvlaProvider", "ServerRole", "DataKsvlaReserveServers"];

const nothing: readonly [string, unknown][] = [
  ["null", null],
  ["a list", []],
  ["a number", 7],
  ["a text", "esx.example.test"],
  ["a function", () => ({})],
  ["a token", Lazy.anyValue({ produce: () => ({}) })],
];

describe.each([...made, ...references, ...helpers])("%s", (name, make) => {
  const given = OPTIONAL.includes(name) ? nothing : [["undefined", undefined] as const, ...nothing];

  test.each(given)("refuses %s", (_, value) => {
    const stack = new TerraformStack(Testing.app(), "stack");
    expect(() => make(stack, value)).toThrow(/^\[stack\/it(?:\/svm)?\] (?:\w+: )?The value must be an object, got: /);
  });
});

test.each(OPTIONAL)("%s does without properties", (name) => {
  const [, make] = made.find(([each]) => each === name) ?? [];
  expect(() => make?.(new TerraformStack(Testing.app(), "stack"), undefined)).not.toThrow();
});

describe("a secret", () => {
  test.each([undefined, null, 7, {}])("has a name that is text, which %p is not", (name) => {
    expect(() => Secret.fromVariable(untyped(name))).toThrow("The name of a secret's variable must consist of letters");
  });

  test.each([null, 7, "2", []])("has options that are an object, which %p is not", (options) => {
    expect(() => Secret.fromVariable("PASSWORD", untyped(options))).toThrow(
      "The options of a Secret must be an object",
    );
    expect(() => Secret.unsafePlainText("1", untyped(options))).toThrow("The options of a Secret must be an object");
  });
});
