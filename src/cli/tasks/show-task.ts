/** Looks at a task, or waits for it. */
import { type IntegrationServer, type Task, TaskFailedError, taskName } from "../../integration-server";
import { attemptById } from "../shared/by-id";
import { connect } from "../shared/client";
import { elapsed } from "../shared/elapsed";
import { writeDocument, writeText } from "../shared/output";
import { EXIT_CODES } from "../shared/report";
import { withinTime } from "../shared/time-limit";

export interface TaskOptions {
  readonly json?: true;
  readonly wait?: true;
  readonly timeout?: number;
}

export async function showTask(id: string, { json, wait, timeout }: TaskOptions): Promise<void> {
  const server = await connect();
  const action = `${wait ? "wait for" : "look at"} the task "${id}"`;
  const task = await attemptById(action, () => (wait ? ended(id, server, timeout) : server.tasks.get(id)));
  if (json) writeDocument(documentOf(task));
  else writeText(linesOf(task).join("\n"));
  if (wait && task.state !== "Completed") process.exitCode = EXIT_CODES.failed;
}

/** In whichever way it has. */
async function ended(id: string, server: IntegrationServer, timeout: number | undefined): Promise<Task> {
  const tell = teller();
  try {
    return await withinTime(timeout, "The task goes on.", (signal) =>
      server.tasks.wait(id, { onProgress: tell, signal }),
    );
  } catch (error) {
    if (error instanceof TaskFailedError) return error.task;
    throw error;
  }
}

/** A line on stderr for each step of each part; percents alone are none. */
function teller(): (task: Task) => void {
  const began = Date.now();
  const told = new Set<string>();
  return (task) => {
    const parts = task.children.length === 0 ? [task] : task.children;
    for (const part of parts) {
      const text = `${taskName(part)}: ${[part.state, stepOf(part)].filter(Boolean).join(", ")}`;
      if (told.has(text)) continue;
      told.add(text);
      process.stderr.write(`${text} (${elapsed(Date.now() - began)})\n`);
    }
  };
}

/** The one at work. */
function stepOf({ children, stage }: Task): string {
  const running = children.find(({ state }) => state === "Running" || state === "Starting");
  return running === undefined ? (stage ?? "") : taskName(running);
}

function documentOf({ id, type, state, stage, progress, parameters, result, error, children }: Task): unknown {
  return {
    id,
    type: type ?? null,
    state,
    stage: stage ?? null,
    progress: progress ?? null,
    parameters,
    result: result ?? null,
    error: error ?? null,
    children: children.map(documentOf),
  };
}

/** Each part below what it is a part of. */
function linesOf(task: Task, indentation = ""): readonly string[] {
  const { state, progress, stage, error, children } = task;
  const percent = progress === undefined ? "" : `, ${Math.round(progress)} %`;
  const where = stage === undefined ? "" : `, ${stage}`;
  const deeper = `${indentation}  `;
  return [
    `${indentation}${taskName(task)}: ${state}${percent}${where}`,
    ...(error === undefined ? [] : [`${deeper}${error}`]),
    ...children.flatMap((child) => linesOf(child, deeper)),
  ];
}
