import type { Infrastructure } from "../../../src/integration-server";
import { Observations } from "../../../src/integration-server/infrastructures/observation";
import { FakeClock } from "../../support/fake-clock";

type Status = "CONNECTING" | "CONNECTED" | "DISCONNECTED";

function infrastructure(status: Status, updatePeriod?: number): Infrastructure {
  const error = status === "DISCONNECTED" ? "NETWORK_ERROR" : "NO_ERROR";
  const admin = { status, error, errorMessage: undefined, primaryServerAddress: undefined };
  const unknown = {
    openstack: undefined,
    name: undefined,
    displayName: undefined,
    version: undefined,
    edition: undefined,
  };
  return {
    ...{ id: "i-1", type: "VMWARE", address: "vc", ...unknown, microservices: [], updatePeriod },
    ...{ connection: { admin, readOnly: undefined }, accounts: { admin: undefined, readOnly: undefined } },
  };
}

function setUp() {
  const clock = new FakeClock();
  const observation = new Observations(clock).of("i-1");
  return {
    clock,
    observation,
    see: (status: Status, period?: number) => observation.asked()(infrastructure(status, period)),
  };
}

describe("a connection's lists can be relied upon", () => {
  it("at once when it is connected and nobody has seen it being made", () => {
    const { observation, see } = setUp();
    see("CONNECTED");
    expect(observation).toMatchObject({ settlesIn: 0, isReadAnew: false, isDown: false });
  });

  it("at no time that is known before anybody has looked", () => {
    expect(setUp().observation.settlesIn).toBeUndefined();
  });

  it("a period after it has connected", async () => {
    const { clock, observation, see } = setUp();
    see("CONNECTING", 20_000);
    expect(observation.settlesIn).toBeUndefined();
    see("CONNECTED");
    await clock.advance(5_000);
    see("CONNECTED");
    expect(observation.settlesIn).toBe(15_000);
    await clock.advance(30_000);
    expect(observation.settlesIn).toBe(0);
  });

  it("a period after it was added, also when it connects within the answer", () => {
    const { observation } = setUp();
    observation.added(infrastructure("CONNECTED"));
    expect(observation).toMatchObject({ settlesIn: 10_000, isReadAnew: true });
  });

  it("a period after it has come back", () => {
    const { observation, see } = setUp();
    see("DISCONNECTED");
    expect(observation).toMatchObject({ settlesIn: undefined, isDown: true });
    see("CONNECTED");
    expect(observation).toMatchObject({ settlesIn: 10_000, isDown: false });
  });

  it.each([
    ["the second look that says so", ["CONNECTED", "CONNECTED"]],
    ["it was seen connecting", ["CONNECTING", "CONNECTED"]],
  ] as const)("a period after a refresh when %s", (_, looks) => {
    const { observation, see } = setUp();
    see("CONNECTED");
    observation.refreshed()();
    see(looks[0]);
    expect(observation).toMatchObject({ settlesIn: undefined, isReadAnew: true });
    see(looks[1]);
    expect(observation.settlesIn).toBe(10_000);
  });

  it("not because of a look that began before the refresh", () => {
    const { observation, see } = setUp();
    const answered = observation.refreshed();
    const answer = observation.asked();
    answered();
    see("CONNECTED");
    answer(infrastructure("CONNECTED"));
    expect(observation.settlesIn).toBeUndefined();
  });

  it("after two minutes at most, however long the period", () => {
    const { observation, see } = setUp();
    see("CONNECTED", 3_600_000);
    expect(observation.period).toBe(120_000);
  });
});
