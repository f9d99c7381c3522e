import { Stop } from "../../../src/terraform/server/stop";

test("whoever waits is told once, and whoever comes later at once", () => {
  const stop = new Stop();
  const told: string[] = [];
  stop.onAsked(() => told.push("waiting"));
  const forget = stop.onAsked(() => told.push("done before"));
  forget();
  stop.ask();
  stop.ask();
  stop.onAsked(() => told.push("later"));
  expect(told).toEqual(["waiting", "later"]);
});
