/** Has an infrastructure read anew, and tells what came of it. */
import { connectionState, type Infrastructure } from "../../integration-server";
import { connectionProblems } from "../../resources/shared/connection-problems";
import { attemptById } from "../shared/by-id";
import { connect } from "../shared/client";
import { writeDocument, writeText } from "../shared/output";
import { EXIT_CODES, oneLine } from "../shared/report";
import { withinTime } from "../shared/time-limit";

export interface RefreshOptions {
  readonly json?: true;
  readonly wait?: true;
  readonly timeout?: number;
}

interface Outcome {
  readonly id: string;
  readonly state: "refreshing" | "connected" | "failed";
  /** Why it has failed. */
  readonly problems: readonly string[];
}

export async function refresh(id: string, { json, wait, timeout }: RefreshOptions): Promise<void> {
  const { infrastructures } = await connect();
  await attemptById(`refresh the infrastructure "${id}"`, () => infrastructures.refresh(id));
  const action = `wait for the infrastructure "${id}"`;
  const settled = wait
    ? await attemptById(action, () =>
        withinTime(timeout, "The infrastructure is not connected yet.", (signal) =>
          infrastructures.waitForConnection(id, { signal }),
        ),
      )
    : undefined;
  const outcome = settled === undefined ? ({ id, state: "refreshing", problems: [] } as const) : outcomeOf(settled);
  if (json) writeDocument(outcome);
  else writeText(textOf(outcome));
  if (outcome.state === "failed") process.exitCode = EXIT_CODES.failed;
}

function outcomeOf(settled: Infrastructure): Outcome {
  const { id, address, accounts } = settled;
  if (connectionState(settled) === "connected") return { id, state: "connected", problems: [] };
  const names = { admin: accounts.admin?.name ?? null, readOnly: accounts.readOnly?.name ?? null };
  return { id, state: "failed", problems: connectionProblems(settled, { address, ...names }).map(oneLine) };
}

function textOf({ id, state, problems }: Outcome): string {
  switch (state) {
    case "refreshing":
      return `The infrastructure ${id} is being read anew.`;
    case "connected":
      return `The infrastructure ${id} was read anew, and is connected.`;
    case "failed":
      return [`The infrastructure ${id} is not connected.`, ...problems].join("\n");
  }
}
