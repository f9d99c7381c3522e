/** What is right by itself, but not beside the rest. */
import type { Note } from "./checks";
import { mistakeAt, type Value } from "./document";

export function noteContradictions(inventory: Value, note: Note): void {
  const infrastructures = itemsOf(inventory, "infrastructures");
  noteRepeated(infrastructures, hostOf, (host) => `There is one infrastructure at ${host} already`, note);
  for (const infrastructure of infrastructures) {
    const id = fieldOf(infrastructure, "id");
    if (id !== undefined && scalarOf(fieldOf(infrastructure, "connected")) !== true) {
      note(mistakeAt(id, "Only a connection has an id; without connected: true, a stack makes it."));
    }
    noteMissingAdmin(infrastructure, note);
    noteForeignCertificates(infrastructure, note);
    const places = [...itemsOf(infrastructure, "hosts"), ...itemsOf(infrastructure, "projects")];
    const machines = places.flatMap(machinesOf);
    noteRepeated(places, idOf, (repeated) => `There is a place with the id ${repeated} already`, note);
    noteRepeated(machines, idOf, (repeated) => `There is a machine with the id ${repeated} already`, note);
    for (const place of places) noteUnknownNetworks(place, note);
  }
}

/** Without accounts, there are the simulator's own; without a role, an account is an administrator's. */
function noteMissingAdmin(infrastructure: Value, note: Note): void {
  const accounts = fieldOf(infrastructure, "accounts");
  if (accounts === undefined || scalarOf(fieldOf(infrastructure, "connected")) !== true) return;
  const roles = itemsOf(infrastructure, "accounts").map((account) => scalarOf(fieldOf(account, "role")) ?? "admin");
  if (!roles.includes("admin")) {
    note(mistakeAt(accounts, "A connection needs an account with the role admin, and there is none."));
  }
}

function noteForeignCertificates(infrastructure: Value, note: Note): void {
  const services = itemsOf(infrastructure, "regions").flatMap((region) => itemsOf(region, "services"));
  const hosts = [infrastructure, ...services].map(hostOf);
  for (const certificate of itemsOf(infrastructure, "certificates")) {
    const host = hostOf(certificate);
    if (host !== undefined && !hosts.includes(host)) {
      note(mistakeAt(certificate, `Nothing of this infrastructure is at ${host}.`));
    }
  }
}

function noteUnknownNetworks(place: Value, note: Note): void {
  const networks = itemsOf(place, "networks");
  const known = networks.flatMap((network) => [nameOf(network), idOf(network)]);
  for (const wanted of machinesOf(place).flatMap((machine) => itemsOf(machine, "networks"))) {
    const name = scalarOf(wanted);
    if (typeof name === "string" && !known.includes(name)) {
      const there = networks.map(nameOf).join(", ") || "none";
      note(mistakeAt(wanted, `${nameOf(place)} has no network ${name}. There are: ${there}.`));
    }
  }
}

function noteRepeated(
  values: readonly Value[],
  keyOf: (value: Value) => string | undefined,
  message: (key: string) => string,
  note: Note,
): void {
  const seen = new Map<string, Value>();
  for (const value of values) {
    const key = keyOf(value);
    if (key === undefined) continue;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, value);
    else note(mistakeAt(value, `${message(key)}, in line ${first.line}.`));
  }
}

const machinesOf = (place: Value) => [...itemsOf(place, "svms"), ...itemsOf(place, "vms")];

/** Host names have no case; an infrastructure is found by its name alone, whatever its port. */
function hostOf(value: Value): string | undefined {
  return textOf(fieldOf(value, "address"))?.toLowerCase().replace(/:\d+$/, "");
}

const idOf = (value: Value) => textOf(fieldOf(value, "id"));
const nameOf = (value: Value) => textOf(value.kind === "map" ? fieldOf(value, "name") : value);

function fieldOf(value: Value, name: string): Value | undefined {
  return value.kind === "map" ? value.fields.get(name)?.value : undefined;
}

function itemsOf(value: Value, name: string): readonly Value[] {
  const field = fieldOf(value, name);
  return field?.kind === "list" ? field.items : [];
}

function scalarOf(value: Value | undefined): unknown {
  return value?.kind === "scalar" ? value.scalar : undefined;
}

function textOf(value: Value | undefined): string | undefined {
  const scalar = scalarOf(value);
  return typeof scalar === "string" ? scalar : undefined;
}
