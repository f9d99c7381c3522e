/** What plugins that were killed have left behind: folders with a socket on which nobody listens. */
import { lstatSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";

/**
 * Removes those of this user in a folder. Whatever cannot be seen or removed stays.
 *
 * @param prefix how their names begin, before the id of the process
 */
export async function removeLeftovers(folder: string, prefix: string, socket: string): Promise<void> {
  const mine = process.getuid?.();
  for (const name of await namesIn(folder)) {
    if (!name.startsWith(prefix) || isAlive(Number.parseInt(name.slice(prefix.length), 10))) continue;
    const path = join(folder, name);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (!stat?.isDirectory() || stat.uid !== mine) continue;
    if (await isDead(join(path, socket))) rmSync(path, { recursive: true, force: true });
  }
}

/** A folder for temporary files may have tens of thousands: nobody waits for them to be read. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

/** Whoever is alive is not disturbed; what has no process here may have one in another container. */
function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Only a socket that refuses is certainly nobody's: one that is not there may be about to be made. */
function isDead(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(path);
    const settle = (dead: boolean): void => {
      connection.destroy();
      resolve(dead);
    };
    connection.once("connect", () => settle(false));
    connection.once("error", (error: NodeJS.ErrnoException) => settle(error.code === "ECONNREFUSED"));
  });
}
