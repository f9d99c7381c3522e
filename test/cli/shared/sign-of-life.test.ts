import { SignOfLife } from "../../../src/cli/shared/sign-of-life";

test("every 30 s a line says what is waited for, and why it was asked once more since the last one", () => {
  const lines: string[] = [];
  let now = 5_000;
  let beat = (): void => undefined;
  const signOfLife = new SignOfLife("viis:7271", (line) => lines.push(line), {
    now: () => now,
    every: (milliseconds, work) => {
      beat = () => {
        now += milliseconds;
        work();
      };
    },
  });

  beat();
  signOfLife.retrying("GET /a: the server answered 503");
  beat();
  beat();
  expect(lines).toEqual([
    "still waiting for viis:7271 (30s)",
    "still waiting for viis:7271 (1m00s): GET /a: the server answered 503",
    "still waiting for viis:7271 (1m30s)",
  ]);
});
