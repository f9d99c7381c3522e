/** What a data source consists of: a schema and a read. */
import type { Context, ValidateRequest } from "./resource";
import type { Config, State } from "./schema/infer";
import type { Problem, Schema } from "./schema/schema";
import type { Attributes } from "./schema/types";

export interface DataSourceReadRequest<A extends Attributes, Client> extends Context<Client> {
  readonly config: Config<A>;
}
export interface DataSource<A extends Attributes = Attributes, Client = unknown> {
  readonly schema: Schema<A>;
  /** As of a resource. */
  validate?(request: ValidateRequest<A, Client>): Promise<readonly Problem[]>;
  read(request: DataSourceReadRequest<A, Client>): Promise<State<A>>;
}

/** Declares a data source; the schema's static types reach `read`. */
export function dataSource<Client>() {
  return <A extends Attributes>(definition: DataSource<A, Client>): DataSource<A, Client> => definition;
}
