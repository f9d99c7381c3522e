import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type FaultRule, type Simulator, startSimulator } from "../../src/simulator";
import { commandHelp, obey } from "../../src/simulator/commands";
import { effectHelp } from "../../src/simulator/faults/effects";
import { parseFault } from "../../src/simulator/faults/parse";
import { habitHelp, parseHabit } from "../../src/simulator/habit-values";
import { defaultHabits } from "../../src/simulator/habits";
import { NotUnderstood } from "../../src/simulator/not-understood";

const always = Number.POSITIVE_INFINITY;

describe("a fault", () => {
  test.each<[string, FaultRule]>([
    [
      "GET /virtualization/tasks/*=html@2",
      { method: "GET", path: "/api/3.0/virtualization/tasks/*", fault: { kind: "html" }, skip: 1, times: 1 },
    ],
    ["/infrastructures=dropAfter", { path: "/api/3.0/infrastructures", fault: { kind: "dropAfter" } }],
    ["* *=gzip@1+", { path: "*", fault: { kind: "gzip" }, skip: 0, times: always }],
    ["post */svm/=empty@2-4", { method: "POST", path: "*/svm/", fault: { kind: "empty" }, skip: 1, times: 3 }],
    ["/api/2.0/*=403", { path: "/api/2.0/*", fault: { kind: "status", status: 403 } }],
    ["*=503:7", { path: "*", fault: { kind: "status", status: 503, retryAfter: 7 } }],
    ["*=500after", { path: "*", fault: { kind: "status", status: 500, handled: true } }],
    ["*=503after:0", { path: "*", fault: { kind: "status", status: 503, retryAfter: 0, handled: true } }],
    [
      "*=latency:250~0.5",
      { path: "*", fault: { kind: "latency", milliseconds: 250 }, times: always, probability: 0.5 },
    ],
    ["*=stuck@3~.25", { path: "*", fault: { kind: "stuck" }, skip: 2, times: 1, probability: 0.25 }],
    ["*=foreignSvm:db-01", { path: "*", fault: { kind: "foreignSvm", machine: "db-01" } }],
    ["*=wrongId", { path: "*", fault: { kind: "wrongId" } }],
    ["*=numericId:123", { path: "*", fault: { kind: "numericId", digits: "123" } }],
    ["*=deep:10", { path: "*", fault: { kind: "deep", depth: 10 } }],
  ])("%s", (text, rule) => {
    expect(parseFault(text)).toEqual(rule);
  });

  test.each([
    ["html", "A fault is [METHOD] PATH=EFFECT"],
    ["GET =html", "A fault is [METHOD] PATH=EFFECT"],
    ["PATCH /x=html", "The method is one of GET, POST, PUT, DELETE"],
    ["x=html", "The path starts with a slash"],
    ["/x=", 'There is no effect ""'],
    ["/x=teapot", 'There is no effect "teapot". There are a status such as 503,'],
    ["/x=html!", 'There is no effect "html!"'],
    ["/x=999", "999 takes a whole number from 200 to 599"],
    ["/x=503:soon", "503 with Retry-After takes a whole number"],
    ["/x=dropAfter:1", "dropAfter takes nothing after a colon"],
    ["/x=slowBody", "slowBody needs its milliseconds after a colon"],
    ["/x=latency:fast", "latency takes a whole number"],
    ["/x=numericId:abc", "numericId takes digits"],
    ["/x=html@0", "After @ stands which requests"],
    ["/x=html@4-2", "After @ stands which requests"],
    ["/x=html@", "After @ stands which requests"],
    ["/x=html~2", "After ~ stands a probability"],
    ["/x=html~0", "After ~ stands a probability"],
  ])("%s is refused", (text, why) => {
    expect(() => parseFault(text)).toThrow(NotUnderstood);
    expect(() => parseFault(text)).toThrow(why);
  });

  test("every effect can be written as its help says", () => {
    const argument = { SECONDS: "1", MILLISECONDS: "1", STATUS: "502", DEPTH: "2", BYTES: "3", DIGITS: "4" };
    const texts = effectHelp.map(([effect]) =>
      effect.replace(
        /\[?:?([A-Z]+)\]?$/,
        (_all, name: string) => `:${new Map(Object.entries(argument)).get(name) ?? name}`,
      ),
    );
    const kinds = texts.map((text) => parseFault(`/x=${text}`).fault.kind);
    expect(new Set(kinds).size).toBe(effectHelp.length - 1);
  });
});

describe("a habit", () => {
  test.each([
    ["lists=lagging", { lists: "lagging" }],
    ["updatePeriodSeconds=0.5", { updatePeriodSeconds: 0.5 }],
    [" taskList = 2.0 ", { taskList: "2.0" }],
    ["svmsWithoutId=svm-1, svm-2", { svmsWithoutId: ["svm-1", "svm-2"] }],
    ["svmsWithoutId=", { svmsWithoutId: [] }],
  ])("%s", (text, habit) => {
    expect(parseHabit(text)).toEqual(habit);
  });

  test.each([
    ["lists", "A habit is NAME=VALUE"],
    ["list=lagging", "there are lists, updatePeriodSeconds,"],
    ["lists=late", "lists is one of current, lagging"],
    ["lists=constructor", "lists is one of current, lagging"],
    ["updatePeriodSeconds=0", "updatePeriodSeconds takes simulated seconds, at least 0.001"],
    ["updatePeriodSeconds=soon", "updatePeriodSeconds takes simulated seconds"],
  ])("%s is refused", (text, why) => {
    expect(() => parseHabit(text)).toThrow(NotUnderstood);
    expect(() => parseHabit(text)).toThrow(why);
  });

  test("each is shown with its default first", () => {
    const words = Object.entries(defaultHabits).filter(([, value]) => typeof value === "string");
    const shown = new Map(habitHelp.map(([name, , values]) => [name, values.split(", ")[0]]));
    expect(words.filter(([name, value]) => shown.get(name) !== value)).toEqual([]);
    expect([...shown.keys()].toSorted()).toEqual(Object.keys(defaultHabits).toSorted());
  });
});

describe("a command", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator();
  });
  afterEach(() => simulator.stop());
  const vm = (name: string) =>
    simulator.world.hypervisor("vcenter.example.test").vms.find((each) => each.name === name)!;
  const host = (name: string) =>
    simulator.world.hypervisor("vcenter.example.test").hosts.find((each) => each.name === name)!;

  test("moves an SVM", () => {
    expect(obey(simulator, "move-svm svm-old esx-01")).toBe("svm-old is on esx-01.");
    expect(vm("svm-old").parentId).toBe(host("esx-01").id);
  });

  test("renames one, and powers it off and on", () => {
    obey(simulator, "rename-svm svm-old svm-new");
    obey(simulator, "power-off-svm svm-new");
    expect(vm("svm-new").state).toBe("Disabled");
    obey(simulator, "power-on-svm svm-new");
    expect(vm("svm-new").state).toBe("Enabled");
  });

  test("makes machines and says their ids", () => {
    expect(obey(simulator, "add-svm svm-hand esx-01")).toContain(simulator.world.svms.named("svm-hand").vm.id);
    expect(obey(simulator, "add-vm app-99 web openstack.example.test")).toMatch(/^Its id is [0-9a-f]{32}\.$/);
  });

  test("gives an id to another machine, and removes an SVM", () => {
    const { id } = vm("svm-old");
    obey(simulator, "reuse-svm-id svm-old web-07 esx-01");
    expect(vm("web-07")).toMatchObject({ id, isSvm: false, parentId: host("esx-01").id });
    obey(simulator, "add-svm svm-hand esx-01");
    obey(simulator, "remove-svm svm-hand");
    expect(simulator.world.svms.allNamed("svm-hand")).toEqual([]);
  });

  test("lists the SVMs", () => {
    expect(obey(simulator, "svms")).toContain(`svm-old Enabled vcenter.example.test ${host("esx-02").id}`);
  });

  test("changes habits, adds faults and forgets them", () => {
    obey(simulator, "habit lists=lagging");
    expect(simulator.habits.lists).toBe("lagging");
    obey(simulator, "fault GET /virtualization/tasks/*=html@2");
    const request = { method: "GET", path: "/api/3.0/virtualization/tasks/1", body: undefined };
    expect([simulator.faults.strike(request), simulator.faults.strike(request)]).toEqual([[], [{ kind: "html" }]]);
    obey(simulator, "fault *=gzip");
    obey(simulator, "no-faults");
    expect(simulator.faults.strike(request)).toEqual([]);
  });

  test("is nothing for an empty line", () => {
    expect(obey(simulator, "  ")).toBe("");
  });

  test.each([
    ["fly", 'There is no command "fly". There are move-svm,'],
    ["move-svm svm-old", "It is move-svm NAME HOST"],
    ["svms all", "It is svms"],
    ["move-svm svm-none esx-01", "There are 0 SVMs named svm-none"],
    ["habit lists=late", "lists is one of"],
    ["fault x", "A fault is"],
  ])("%s is refused", (line, why) => {
    expect(() => obey(simulator, line)).toThrow(why);
  });
});

test("the guide has every habit, effect and command", () => {
  const guide = readFileSync(resolve(__dirname, "../../docs/guides/simulator.md"), "utf8");
  const names = [...habitHelp, ...effectHelp, ...commandHelp].map(([name]) => name.split(/[[: ]/, 1)[0]!);
  expect(names.filter((name) => !guide.includes(`\`${name}`))).toEqual([]);
});
