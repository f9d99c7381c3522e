/** Notices when the process that started this one is gone. */
import { errorCode } from "./error-code";

const POLL_INTERVAL = 500;

/**
 * Calls back once, soon after the process that started the plugin has ended, also when it was killed. Looking at it is the
 * only sign that can be relied on: stdin is the user's own (Terraform passes it on), and a connection may close while
 * Terraform lives, since its gRPC client closes idle ones.
 *
 * This process's own parent is watched as well. It is another one where a version manager's `node` runs the real one as its
 * child: that one does not end with Terraform, and it is all that Terraform's kill reaches.
 *
 * @param startedBy The id of the process that started the plugin. One that cannot be seen from here (it may be in another
 *   container) is not watched.
 */
export function onParentEnd(startedBy: number, callback: () => void): void {
  const parent = process.ppid;
  const watched = [parent, startedBy].filter(isAlive);
  const timer = setInterval(() => {
    // A child whose parent ends is handed to another process, even while the parent's end is not yet taken note of.
    if (process.ppid === parent && watched.every(isAlive)) return;
    clearInterval(timer);
    callback();
  }, POLL_INTERVAL);
  timer.unref();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Anything but "no such process" speaks of one that exists, e.g. of another user.
    return errorCode(error) !== "ESRCH";
  }
}
