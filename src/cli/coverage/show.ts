/** Looks, judges, and shows that in the forms that are asked for. */
import { formatAddress } from "../../integration-server/address";
import { connect } from "../shared/client";
import { type InfrastructureOptions, scopeOf } from "../shared/infrastructures";
import { writeDocument, writeText } from "../shared/output";
import { writableFile, writeNamed } from "../shared/paths";
import { EXIT_CODES, reportWarning } from "../shared/report";
import { survey } from "../shared/survey";
import { assess, newestSeen } from "./assessment";
import { obstaclesIn } from "./obstacles";
import { coveragePage } from "./page";
import { coverageText } from "./text";
import { viewOf } from "./view";

export interface CoverageOptions extends InfrastructureOptions {
  readonly json?: true;
  readonly html?: string;
  readonly failOnGap?: true;
  readonly minVersion?: string;
  readonly minFreeSpace: number;
}

export async function showCoverage(options: CoverageOptions): Promise<void> {
  const { json, html, failOnGap, minVersion, minFreeSpace } = options;
  const page = html === undefined ? undefined : writableFile(html, "--html");
  const server = await connect();
  const scope = await scopeOf(options);
  const seen = await survey(server, scope);
  const version = minVersion ?? newestSeen(seen);
  const coverage = assess(seen, { version, isManaged: scope.isManaged });
  const view = viewOf(seen, coverage, obstaclesIn(seen, { version, minFreeSpace }), {
    server: formatAddress(server.address),
    at: new Date().toISOString(),
    version: version ?? null,
  });
  if (page !== undefined) await writeNamed(page, await coveragePage(view));
  if (json) {
    writeDocument(coverage);
    for (const { id, problem } of seen) {
      if (problem !== undefined) reportWarning(`The infrastructure "${id}" cannot be looked at: ${problem}`);
    }
  } else {
    writeText(coverageText(view));
  }
  if (failOnGap && coverage.gaps.length > 0) process.exitCode = EXIT_CODES.found;
  else if (seen.every(({ status }) => status === "UNKNOWN")) process.exitCode = EXIT_CODES.failed;
}
