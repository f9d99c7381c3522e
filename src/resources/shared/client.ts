/** What the life cycles of resources and data sources work with. */
import type { IntegrationServer } from "../../integration-server";

export interface Client {
  readonly server: IntegrationServer;
}
