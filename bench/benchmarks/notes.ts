/** What the notes for `ksvla watch` take of the plugin's processor time, when nobody looks. */
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as tick } from "node:timers/promises";
import { createNotesFile, isNotesFile, Notes, type Work } from "../../src/notes";
import type { Heading, Note } from "../../src/notes/note";
import { readNotes } from "../../src/notes/read";
import { Redactor } from "../../src/terraform/plugin/redaction";
import { median } from "../measure/rounds";
import { milliseconds, type Row } from "../row";
import { Site } from "../site";

export interface NotedFleet {
  readonly svms: number;
  readonly taskSeconds: number;
}

/** Of the plugin's processor time. */
const AIM = 0.01;
const REPLAYS = 20;

/** Deploys once, then writes the same notes again, which is nothing but writing notes. */
export async function measureNotes(folder: string, { svms, taskSeconds }: NotedFleet): Promise<readonly Row[]> {
  const options = { svms, taskSeconds, svmConcurrency: svms, folder: join(folder, "notes") };
  const site = await Site.create(options, "by id");
  try {
    const { plugin } = await site.terraform("apply", "-auto-approve", `-parallelism=${svms}`);
    if (plugin === undefined) return [];
    const written = notesIn(join(site.directory, ".terraform", "ksvla"));
    const replays: number[] = [];
    for (let round = 0; round < REPLAYS; round += 1) replays.push(await replay(written, join(folder, "replay")));
    return [
      {
        what: `apply of ${svms} new SVMs, tasks of ${taskSeconds} s: CPU of its ${written.notes.length} notes`,
        took: milliseconds(median(replays)),
        against: `the plugin: ${milliseconds(plugin.cpu * 1000)}`,
        figure: median(replays) / (plugin.cpu * 1000),
        aim: AIM,
        raw: { replays, plugin: plugin.cpu, notes: written.notes.length },
      },
    ];
  } finally {
    await site.close();
  }
}

interface Written {
  readonly heading: Heading;
  readonly notes: readonly Note[];
}

function notesIn(directory: string): Written {
  const files = readdirSync(directory).filter(isNotesFile);
  const [most] = files
    .map((name) => readNotes(join(directory, name)))
    .sort((one, other) => other.notes.length - one.notes.length);
  if (most?.heading === undefined) throw new Error(`There are no notes in ${directory}.`);
  return { heading: most.heading, notes: most.notes };
}

/** In milliseconds of processor time. What was noted at a time is noted at a time again. */
async function replay({ heading, notes }: Written, directory: string): Promise<number> {
  const secrets = new Redactor();
  for (const secret of ["Admin-Passw0rd", "Klconfig-1", "a-token-of-a-session"]) secrets.add(secret);
  const moments = momentsOf(notes);
  mkdirSync(directory, { recursive: true });
  try {
    const before = process.cpuUsage();
    const { append } = createNotesFile(directory, heading, Date.now());
    const all = new Notes({ append, now: Date.now, redact: (text) => secrets.redact(text) });
    const works = new Map<number, Work>();
    for (const moment of moments) {
      for (const note of moment) write(note, all, works);
      await tick();
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function momentsOf(notes: readonly Note[]): readonly (readonly Note[])[] {
  const times = [...new Set(notes.map(({ time }) => time))];
  return times.map((time) => notes.filter((note) => note.time === time));
}

function write(note: Note, notes: Notes, works: Map<number, Work>): void {
  const { work: number, operation, infrastructure = null, svm = null, place = null, state, message } = note;
  if (operation !== undefined) works.set(number, notes.begin({ operation, infrastructure, svm, place }));
  else if (state === "completed") works.get(number)?.completed(message);
  else {
    const { task, step, progress } = note;
    works.get(number)?.learn({
      task: task ?? undefined,
      step: step ?? undefined,
      progress: progress ?? undefined,
    });
  }
}
