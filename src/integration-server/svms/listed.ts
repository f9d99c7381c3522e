/** Looking into a list of SVMs: it is gone through once, however many look for theirs in it. */
import { canonicalId } from "../ids";
import type { VirtualMachine } from "../infrastructures/objects";

type List = readonly VirtualMachine[];
interface Index {
  readonly byId: ReadonlyMap<string, VirtualMachine>;
  readonly byName: ReadonlyMap<string, List>;
}

const indexes = new WeakMap<List, Index>();

export function withId(list: List, id: string): VirtualMachine | undefined {
  return indexOf(list).byId.get(canonicalId(id));
}

export function named(list: List, name: string): List {
  return indexOf(list).byName.get(comparable(name)) ?? [];
}

export function isNamed(object: Pick<VirtualMachine, "name">, name: string): boolean {
  return comparable(object.name) === comparable(name);
}

function indexOf(list: List): Index {
  const index = indexes.get(list) ?? newIndex(list);
  indexes.set(list, index);
  return index;
}

/** Of several with an id, the first one counts. */
function newIndex(list: List): Index {
  const byId = new Map<string, VirtualMachine>();
  const byName = new Map<string, VirtualMachine[]>();
  for (const vm of list) {
    const id = canonicalId(vm.id);
    if (!byId.has(id)) byId.set(id, vm);
    const name = comparable(vm.name);
    const namesakes = byName.get(name);
    if (namesakes === undefined) byName.set(name, [vm]);
    else namesakes.push(vm);
  }
  return { byId, byName };
}

/** Systems compose letters with accents in different ways. */
function comparable(name: string): string {
  return name.normalize("NFC");
}
