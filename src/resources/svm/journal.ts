/**
 * Deployments that have begun, on disk beside Terraform's own data. A plugin that is killed tells Terraform nothing, the
 * API has no list of tasks, and an SVM shows itself only when its image is uploaded: without this, the next run in the
 * same directory would deploy a second one. It holds ids and names, no secrets.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { NamedPlace } from "../../integration-server";
import type { Logger } from "../../terraform";

export interface Journal {
  /** The task of a deployment that was begun and whose end nobody has told Terraform. */
  begun(): string | undefined;
  note(taskId: string): void;
  forget(): void;
}

/** The part of the journal about one SVM of one Integration Server. Without a working directory of Terraform it is empty. */
export function journalOf(server: string, where: NamedPlace, log: Logger): Journal {
  const { infrastructureId, locationId, name } = where;
  const key = JSON.stringify([server, infrastructureId, locationId, name]);
  const data = process.env["TF_DATA_DIR"] || ".terraform";
  const directory = join(data, "ksvla", "deployments");
  const file = join(directory, createHash("sha256").update(key).digest("hex"));

  /** A directory that cannot be written must not stop a deployment. */
  function attempt<T>(work: () => T): T | undefined {
    try {
      return existsSync(data) ? work() : undefined;
    } catch (error) {
      log.warn("The journal of deployments cannot be used", { file, error: String(error) });
      return undefined;
    }
  }

  return {
    begun: () => attempt(() => (existsSync(file) ? readFileSync(file, "utf8").trim() : "")) || undefined,
    note: (taskId) => {
      attempt(() => {
        mkdirSync(directory, { recursive: true });
        writeFileSync(file, `${taskId}\n`);
      });
    },
    forget: () => {
      attempt(() => rmSync(file, { force: true }));
    },
  };
}
