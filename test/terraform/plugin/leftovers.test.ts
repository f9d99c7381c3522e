import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeLeftovers } from "../../../src/terraform/plugin/leftovers";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "leftovers-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const clean = () => removeLeftovers(folder, "own-", "it.sock");
function newFolder(name: string): string {
  mkdirSync(join(folder, name));
  return join(folder, name);
}

/** A socket whose process was killed. */
async function abandoned(path: string): Promise<void> {
  const program = join(folder, "listen.js");
  writeFileSync(
    program,
    `require("node:net").createServer().listen(${JSON.stringify(path)}, () => process.send("on"));`,
  );
  const child = fork(program);
  await once(child, "message");
  child.kill("SIGKILL");
  await once(child, "exit");
}

test("a socket on which nobody listens goes, with its folder", async () => {
  const dead = newFolder("own-dead");
  await abandoned(join(dead, "it.sock"));
  expect(existsSync(join(dead, "it.sock"))).toBe(true);
  await clean();
  expect(existsSync(dead)).toBe(false);
});

test("what is in use, in the making, a link or somebody else's stays", async () => {
  const inUse = newFolder("own-used");
  const server = createServer().listen(join(inUse, "it.sock"));
  await once(server, "listening");
  const inTheMaking = newFolder("own-new");
  const foreign = newFolder("other-dead");
  await abandoned(join(foreign, "it.sock"));
  symlinkSync(foreign, join(folder, "own-link"));
  await clean();
  expect([inUse, inTheMaking, foreign, join(folder, "own-link")].map((path) => existsSync(path))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  await new Promise((resolve) => server.close(resolve));
});

test("a process that is alive is not disturbed", async () => {
  let visits = 0;
  const server = createServer(() => (visits += 1)).listen(join(newFolder(`own-${process.pid}-used`), "it.sock"));
  await once(server, "listening");
  await clean();
  expect(visits).toBe(0);
  await new Promise((resolve) => server.close(resolve));
});

test("a folder that is not there is nothing to clean", async () => {
  await expect(removeLeftovers(join(folder, "missing"), "own-", "it.sock")).resolves.toBeUndefined();
});
