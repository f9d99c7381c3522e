/** Notices when the process that started this one is gone. */
import { errorCode } from "./error-code";

const POLL_INTERVAL = 500;

/**
 * Calls back once, soon after the parent process has ended, also when it was killed. Looking at the parent is the only
 * sign that can be relied on: stdin is the user's own (Terraform passes it on), and a connection may close while
 * Terraform lives, since its gRPC client closes idle ones.
 */
export function onParentEnd(callback: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    // A child whose parent ends is handed to another process; on Windows it keeps the number of its dead parent.
    if (process.ppid === parent && isAlive(parent)) return;
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
