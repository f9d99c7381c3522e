/** The journal of a provider block: where it is, and what is said when that cannot be used. */
import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { DirectoryStore, defaultJournalDirectory, type Ignored, Journal, MemoryStore, scopeIn } from "./journal";
import { type Context, DiagnosticError } from "./terraform";

interface Circumstances extends Pick<Context<never>, "log" | "warn"> {
  /** Where the user wants it; undefined where it does not matter. */
  readonly configured: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The Integration Server, as host:port. */
  readonly server: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A folder that somebody chose has to be usable. Without the one that nobody chose, there is a journal in memory. */
export function openJournal({ configured, environment, server, now, log, warn }: Circumstances): Journal {
  const folder = process.cwd();
  const directory = resolve(configured ?? defaultJournalDirectory(folder, environment));
  const options = {
    server,
    scope: scopeIn(folder, environment),
    run: randomUUID(),
    now,
    isRequired: configured !== undefined,
    report: (error: unknown) => log.warn("The journal could not be written", { directory, error: String(error) }),
  };
  try {
    const journal = new Journal({ ...options, store: new DirectoryStore(directory, now()) });
    if (journal.ignored.length > 0) warn(ignoring(journal.ignored));
    return journal;
  } catch (error) {
    if (configured !== undefined) throw unusable(directory, error);
    warn({
      summary: "The journal cannot be used",
      detail: `What this run begins is not noted, because ${directory} cannot be used: ${reasonOf(error)}. If the run is killed, what it has begun then has to be imported by hand. Set journal_directory (journalDirectory in CDKTF, or KSVLA_JOURNAL_DIRECTORY) to a folder that can be written.`,
    });
    return new Journal({ ...options, store: new MemoryStore() });
  }
}

function unusable(directory: string, error: unknown): DiagnosticError {
  return new DiagnosticError(
    "The journal's directory cannot be used",
    `journal_directory (journalDirectory in CDKTF, or KSVLA_JOURNAL_DIRECTORY) is ${directory}, but ${reasonOf(error)}. Nothing was changed. Make it a folder that the user who runs Terraform can read and write.`,
    ["journalDirectory"],
    { cause: error },
  );
}

function ignoring(ignored: readonly Ignored[]): Parameters<Circumstances["warn"]>[0] {
  const files = ignored.map(({ file, reason }) => `  - ${file}: ${reason}`).join("\n");
  return {
    summary: "Files of the journal are ignored",
    detail: `What they say of earlier runs is not taken into account:\n\n${files}\n\nRemove each of them when you know why it is there ("cdktf-ksvla journal forget FILE" removes an entry).`,
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
