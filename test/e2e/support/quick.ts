/** What Terraform plans and what its state has, without starting it once more to show that. */
import type { ShownResource, Workspace } from "./workspace";

/** The file of the last plan, for `apply`. */
export const PLAN = "plan.bin";

interface PlanEvent {
  readonly type: string;
  readonly change?: { readonly resource: { readonly addr: string }; readonly action: string };
}

/** Plans and tells what would be changed, by address: `replace`, `update` and so on. Nothing of an empty plan. */
export async function planned(workspace: Workspace, ...args: readonly string[]): Promise<Record<string, string>> {
  const { stdout } = await workspace.succeed(["plan", "-json", `-out=${PLAN}`, ...args]);
  const events = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as PlanEvent);
  return Object.fromEntries(
    events.flatMap(({ type, change }) =>
      type === "planned_change" && change !== undefined && change.action !== "read"
        ? [[change.resource.addr, change.action]]
        : [],
    ),
  );
}

interface StateFile {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly index_key?: string;
      readonly status?: string;
      readonly attributes: Readonly<Record<string, unknown>>;
    }[];
  }[];
}

/** The managed resources in the state, by address. */
export function stateOf(workspace: Workspace): Record<string, ShownResource> {
  const { resources } = JSON.parse(workspace.readFile("terraform.tfstate")) as StateFile;
  const all = resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ type, name, instances }) =>
      instances.map(({ index_key, status, attributes }) => {
        const address = `${type}.${name}${index_key === undefined ? "" : `["${index_key}"]`}`;
        return { address, values: attributes, tainted: status === "tainted" };
      }),
    );
  return Object.fromEntries(all.map((each) => [each.address, each]));
}
