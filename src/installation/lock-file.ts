/**
 * Terraform's dependency lock file. Only the provider's own block is ever written; everything else in the file,
 * down to spaces and line ends, stays as it is. The format: Terraform documentation, "Dependency Lock File".
 */

/** What a lock file says about one provider. */
export interface LockedProvider {
  /** E.g. `registry.terraform.io/hashicorp/null`. */
  readonly source: string;
  readonly version: string;
  /** As in `required_providers`. */
  readonly constraints: string;
  readonly hash: string;
}

const HEADER = [
  '# This file is maintained automatically by "terraform init".',
  "# Manual edits may be lost in future updates.",
];
const BLOCK_START = /^\s*provider\s+"([^"]+)"\s*\{\s*$/;
const BLOCK_END = /^\s*\}\s*$/;
const COMMENT = /^\s*(?:#|\/\/)/;

interface Block {
  readonly source: string;
  /** Index of the first line. */
  readonly start: number;
  /** Index after the last line. */
  readonly end: number;
}

/**
 * A lock file's text with the provider locked to exactly this version and package. Text that says so already is
 * returned unchanged; a block of another version, or of another build of this one, is replaced.
 *
 * @param text The present text; empty when there is no file.
 * @throws Error when a block is not closed.
 */
export function mergeLock(text: string, provider: LockedProvider): string {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  if (text.trim() === "") return [...HEADER, "", ...render(provider, []), ""].join(newline);

  const lines = text.split(/\r?\n/);
  const blocks = findBlocks(lines);
  const own = blocks.find(({ source }) => source === provider.source);
  if (own) {
    const body = lines.slice(own.start + 1, own.end - 1);
    if (says(body, provider)) return text;
    lines.splice(
      own.start,
      own.end - own.start,
      ...render(
        provider,
        body.filter((line) => COMMENT.test(line)),
      ),
    );
    return lines.join(newline);
  }
  // Terraform keeps the blocks sorted, so that a later init leaves the file as it is.
  const successor = blocks.find(({ source }) => source > provider.source);
  if (successor) {
    lines.splice(startWithComments(lines, successor), 0, ...render(provider, []), "");
    return lines.join(newline);
  }
  return [...trimEnd(lines), "", ...render(provider, []), ""].join(newline);
}

function findBlocks(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  for (let start = 0; start < lines.length; start += 1) {
    const source = BLOCK_START.exec(lines[start] ?? "")?.[1];
    if (source === undefined) continue;
    const length = lines.slice(start).findIndex((line) => BLOCK_END.test(line)) + 1;
    if (length === 0) {
      throw new Error(`the block of provider "${source}", which starts in line ${start + 1}, is not closed by a "}"`);
    }
    blocks.push({ source, start, end: start + length });
    start += length - 1;
  }
  return blocks;
}

function says(body: readonly string[], { version, constraints, hash }: LockedProvider): boolean {
  return (
    attribute(body, "version") === version &&
    attribute(body, "constraints") === constraints &&
    body.some((line) => !COMMENT.test(line) && line.includes(`"${hash}"`))
  );
}

function attribute(body: readonly string[], name: string): string | undefined {
  const pattern = new RegExp(`^\\s*${name}\\s*=\\s*"([^"]*)"`);
  return body.map((line) => pattern.exec(line)?.[1]).find((value) => value !== undefined);
}

function render({ source, version, constraints, hash }: LockedProvider, comments: readonly string[]): string[] {
  return [
    `provider "${source}" {`,
    ...comments,
    `  version     = "${version}"`,
    `  constraints = "${constraints}"`,
    "  hashes = [",
    `    "${hash}",`,
    "  ]",
    "}",
  ];
}

/** Comments right above a block belong to it. */
function startWithComments(lines: readonly string[], { start }: Block): number {
  let first = start;
  while (COMMENT.test(lines[first - 1] ?? "")) first -= 1;
  return first;
}

function trimEnd(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line.trim() !== "");
  return lines.slice(0, last + 1);
}
