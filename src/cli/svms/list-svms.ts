/** Lists SVMs, by what is seen of infrastructures. */
import type { VirtualMachine } from "../../integration-server";
import { nameOf, placeName } from "../coverage/words";
import { connect } from "../shared/client";
import { colours } from "../shared/colours";
import { type InfrastructureOptions, type Scope, scopeOf } from "../shared/infrastructures";
import { writeDocument, writeText } from "../shared/output";
import { EXIT_CODES, reportWarning } from "../shared/report";
import type { Seen, SeenPlace } from "../shared/seen";
import { survey } from "../shared/survey";
import { table } from "../shared/table";

export interface SvmListOptions extends InfrastructureOptions {
  readonly json?: true;
}

interface ListedSvm {
  readonly infrastructure: string;
  readonly id: string;
  readonly name: string;
  readonly state: string | null;
  readonly version: string | null;
  /** A hypervisor or an OpenStack project; null where the server does not tell. */
  readonly place: { readonly id: string; readonly name: string } | null;
  /** Null where no state could be read. */
  readonly managed: boolean | null;
}

export async function listSvms(options: SvmListOptions): Promise<void> {
  const server = await connect();
  const scope = await scopeOf(options);
  const seen = await survey(server, scope);
  if (options.json) writeDocument({ svms: seen.flatMap((each) => svmsOf(each, scope)), unseen: seen.flatMap(unseen) });
  else writeText(seen.map((each) => textOf(each, svmsOf(each, scope))).join("\n"));
  for (const { infrastructure, problem } of seen.flatMap(unseen)) {
    reportWarning(`The infrastructure "${infrastructure}" cannot be looked at: ${problem}`);
    process.exitCode = EXIT_CODES.failed;
  }
}

function unseen({ id, problem }: Seen): readonly { readonly infrastructure: string; readonly problem: string }[] {
  return problem === undefined ? [] : [{ infrastructure: id, problem }];
}

function svmsOf({ id, places, strays }: Seen, { isManaged }: Scope): readonly ListedSvm[] {
  const listed = (vm: VirtualMachine, place: SeenPlace | undefined): ListedSvm => ({
    infrastructure: id,
    id: vm.id,
    name: vm.name,
    state: vm.state ?? null,
    version: vm.svmVersion ?? null,
    place: place === undefined ? null : { id: place.id, name: placeName(place) },
    managed: isManaged(id, vm.id) ?? null,
  });
  return [
    ...places.flatMap((place) => place.svms.map((vm) => listed(vm, place))),
    ...strays.map((vm) => listed(vm, undefined)),
  ];
}

function textOf(infrastructure: Seen, svms: readonly ListedSvm[]): string {
  const heading = `${colours.bold(nameOf(infrastructure))} (id ${infrastructure.id}): ${infrastructure.status}`;
  if (svms.length === 0) return `${heading}\n${infrastructure.problem === undefined ? "no SVM\n" : ""}`;
  const rows = svms.map(({ name, state, version, place, managed, id }) => [
    name,
    state ?? "?",
    version ?? "?",
    place?.name ?? "?",
    managed === null ? "?" : managed ? "managed" : "-",
    id,
  ]);
  return `${heading}\n${table(["SVM", "STATE", "VERSION", "PLACE", "TERRAFORM", "ID"], rows)}`;
}
