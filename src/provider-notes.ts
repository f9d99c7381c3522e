/** The notes of a provider block's work, beside its journal. Nothing depends on them. */
import { resolve } from "node:path";
import { defaultJournalDirectory, rememberJournal, scopeIn } from "./journal";
import { announce, createNotesFile, identityOf, Notes, RUN_DIRECTORY } from "./notes";
import type { RedactingLogger } from "./terraform";

interface Circumstances {
  /** Where the user wants the journal, if anywhere. */
  readonly configured: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The Integration Server, as host:port. */
  readonly server: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: RedactingLogger;
}

/** Without a folder that can be written, there are none: the journal has said so. */
export function openNotes({ configured, environment, server, now, log }: Circumstances): Notes {
  const folder = process.cwd();
  const directory = resolve(configured ?? defaultJournalDirectory(folder, environment));
  const runDirectory = environment[RUN_DIRECTORY];
  try {
    const processes = { plugin: identityOf(process.pid), terraform: identityOf(process.ppid) };
    const writer = { ...processes, server, ...scopeIn(folder, environment) };
    const { path, append } = createNotesFile(directory, writer, now());
    quietly(() => rememberJournal(directory, folder, environment));
    if (runDirectory) quietly(() => announce(path, runDirectory));
    return new Notes({ append, now, redact: (text) => log.secrets.redact(text) });
  } catch (error) {
    log.debug("What this process does is not noted", { directory, error: String(error) });
    return new Notes();
  }

  /** Then the notes are found by those only who are told where they are. */
  function quietly(work: () => void): void {
    try {
      work();
    } catch (error) {
      log.debug("Where the notes are is not noted", { directory, error: String(error) });
    }
  }
}
