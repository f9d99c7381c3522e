/** Entries of the journal that no run asks for any more. */
import { existsSync } from "node:fs";
import { DirectoryStore, readEntries, readRemovals, standingOf } from "../../journal";
import { journalsHere } from "../shared/journals";
import { type Finding, ok, warning, worst } from "./check";

/** @param now milliseconds since 1970 */
export function checkJournal(environment: NodeJS.ProcessEnv, now: number): Finding {
  const configured = environment["KSVLA_JOURNAL_DIRECTORY"];
  const directories = (configured ? [configured] : journalsHere(environment)).filter((directory) =>
    existsSync(directory),
  );
  const findings = directories.flatMap((directory) => {
    const store = new DirectoryStore(directory);
    const { entries, ignored } = readEntries(store);
    const { removals, ignored: ignoredRemovals } = readRemovals(store);
    const unawaited = removals.filter(([, { taskId, expires }]) => taskId === undefined && now >= expires);
    const forgotten = entries.filter(([, entry]) => ["old", "expired"].includes(standingOf(entry, now)));
    return [
      ...forgotten.map(([name, entry]) => {
        const file = store.pathOf(name);
        const known = entry.id === undefined || entry.kind === "image" ? "" : ` Its import id is ${entry.id}.`;
        return warning(
          `Nobody has asked for the ${entry.name} since ${new Date(entry.begun).toISOString()}.${known}`,
          `Import it, or forget it: ksvla journal forget ${file}`,
        );
      }),
      ...unawaited.map(([name, removal]) =>
        warning(
          `Nobody waits any more for the removal of the ${removal.name}, which began at ${new Date(removal.begun).toISOString()}.`,
          `See whether it is gone, then forget that: ksvla journal forget ${store.pathOf(name)}`,
        ),
      ),
      ...[...ignored, ...ignoredRemovals].map(({ file, reason }) =>
        warning(`The entry ${file} is ignored: ${reason}`, `Forget it: ksvla journal forget ${file}`),
      ),
    ];
  });
  return findings.length > 0 ? worst(findings) : ok("No run here has left anything that nobody asks for.");
}
