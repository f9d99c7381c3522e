/** Whether a plugin may be put into a folder: whoever can change what is there has it run by Terraform. */
import { lstatSync } from "node:fs";
import { dirname } from "node:path";

const WRITABLE_BY_ALL = 0o002;
const STICKY = 0o1000;

/**
 * Refuses links below the folder that the user has named, folders of others, and folders that everybody may write. The
 * folder itself may be a link: it is the user's own word.
 *
 * @param root what the user has named
 * @param folder in it, where the plugin goes; what does not exist yet will be ours
 * @throws Error
 */
export function refuseForeign(root: string, folder: string): void {
  const uid = process.getuid?.();
  // Windows has other rights, and no plugin.
  if (uid === undefined) return;
  for (const path of pathsBetween(root, folder)) {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) continue;
    if (stat.isSymbolicLink() && path !== root) throw refused(path, "is a link");
    if (!stat.isSymbolicLink() && stat.uid !== uid && stat.uid !== 0) throw refused(path, "belongs to another user");
    const isOpen = (stat.mode & WRITABLE_BY_ALL) !== 0 && (stat.mode & STICKY) === 0;
    if (!stat.isSymbolicLink() && isOpen) throw refused(path, "can be written by everybody");
  }
}

/** From the inside out. */
function pathsBetween(root: string, folder: string): readonly string[] {
  const isInside = folder !== root && folder.startsWith(root) && dirname(folder) !== folder;
  return isInside ? [folder, ...pathsBetween(root, dirname(folder))] : [root];
}

function refused(path: string, reason: string): Error {
  return new Error(
    `Nothing was installed: ${path} ${reason}, so that others could have Terraform run what they like. Remove it, correct its owner and rights, or choose another plugin directory.`,
  );
}
