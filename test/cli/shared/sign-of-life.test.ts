import { SignOfLife } from "../../../src/cli/shared/sign-of-life";

test("every 30 s a line says what is waited for, and why it was asked once more since the last one", () => {
  const lines: string[] = [];
  let now = 5_000;
  let beat = (): void => undefined;
  const signOfLife = new SignOfLife();
  signOfLife.begin((line) => lines.push(line), {
    now: () => now,
    every: (milliseconds, work) => {
      beat = () => {
        now += milliseconds;
        work();
      };
    },
  });

  beat();
  signOfLife.waitFor("viis:7271");
  beat();
  signOfLife.retrying("GET /a: the server answered 503");
  beat();
  beat();
  expect(lines).toEqual([
    "still waiting for viis:7271 (1m00s)",
    "still waiting for viis:7271 (1m30s): GET /a: the server answered 503",
    "still waiting for viis:7271 (2m00s)",
  ]);
});
