/** What the life cycles of resources and data sources work with. */
import type { IntegrationServer } from "../../integration-server";
import type { Journal } from "../../journal";
import type { Notes } from "../../notes";

export interface Client {
  readonly server: IntegrationServer;
  /** What this workspace has begun there. */
  readonly journal: Journal;
  /** What this process is doing there, for whoever watches. */
  readonly notes: Notes;
}
