/** A command and, beside it, what the providers of its Terraform note. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { announced, Follower, RUN_DIRECTORY } from "../../notes";
import { reportWarning } from "../shared/report";
import { runChild } from "./child";
import { Lines } from "./lines";
import { conclusion } from "./texts";
import { systemTime } from "./watch-run";
import { Works } from "./works";

const INTERVAL = 500;

/** Returns the exit code. */
export async function runWatched(command: string, args: readonly string[]): Promise<number> {
  const directory = makeDirectory();
  if (directory === undefined) return runChild(command, args, process.env);
  // Whoever read the lines has seen enough: the command goes on.
  process.stderr.on("error", () => undefined);
  const { now } = systemTime;
  const display = new Lines({ print: (text) => process.stderr.write(text), prefix: "ksvla: ", now: now() });
  const follower = new Follower(() => announced(directory), now);
  const works = new Works();
  const look = (): void => {
    const news = follower.look();
    works.learn(news);
    display.show(news, now());
  };
  look();
  const timer = setInterval(look, INTERVAL);
  try {
    return await runChild(command, args, { ...process.env, [RUN_DIRECTORY]: directory });
  } finally {
    clearInterval(timer);
    look();
    if (works.all.length > 0) display.say(conclusion({ is: "ended", works }, now()));
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The command matters more than what is told of it. */
function makeDirectory(): string | undefined {
  try {
    return mkdtempSync(join(tmpdir(), "ksvla-run-"));
  } catch (error) {
    reportWarning(`What the command does is not told: ${String(error)}`);
    return undefined;
  }
}
