/**
 * Terraform's dependency lock file. Only the provider's own block is ever written, and always as a whole; everything
 * else in the file, down to spaces and line ends, stays as it is. The format: Terraform documentation, "Dependency
 * Lock File".
 */
import { isConflict, type Line, readConflicts, settled } from "./git-conflict";
import { type Block, type Body, HclError, type ParseOptions, parseHcl } from "./hcl/parse";

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

/**
 * A lock file's text with the provider locked to exactly this version and package, in one block. Conflicts that git
 * left are settled where they are about that block alone. Text that says all that already is returned unchanged.
 *
 * @param text The present text; empty when there is no file.
 * @throws Error when the text is not HCL, with the line.
 */
export function mergeLock(text: string, provider: LockedProvider): string {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const block = render(provider).join(newline);
  if (text.trim() === "") return [...HEADER, "", block, ""].join(newline);

  const lines = settleConflicts(text, provider.source);
  const settledText = textOf(lines);
  const { blocks } = readLock(lines, provider.source);
  const [own, ...repeated] = blocks.filter((each) => isOf(each, provider.source));
  if (own === undefined) return insert(settledText, block, newline, successorOf(blocks, provider.source));

  const single = repeated.reduceRight(removeBlock, settledText);
  const isExact = single.slice(own.start, own.end).replaceAll("\r\n", "\n") === render(provider).join("\n");
  return isExact ? single : single.slice(0, own.start) + block + single.slice(own.end);
}

/** What is locked of one provider. */
export interface Locked {
  readonly version: string | undefined;
  readonly hashes: readonly string[];
}

/**
 * What a lock file says of a provider; undefined where it says nothing.
 *
 * @throws Error when the text is not HCL, with the line
 */
export function readLocked(text: string, source: string): Locked | undefined {
  const { blocks } = readHcl(settleConflicts(text, source));
  const attributes = blocks.find((block) => isOf(block, source))?.body?.attributes;
  if (attributes === undefined) return undefined;
  const version = attributes.get("version");
  const hashes = [attributes.get("hashes")].flat().filter((hash) => typeof hash === "string");
  return { version: typeof version === "string" ? version : undefined, hashes };
}

function render({ source, version, constraints, hash }: LockedProvider): readonly string[] {
  return [
    `provider "${source}" {`,
    `  version     = "${version}"`,
    `  constraints = "${constraints}"`,
    "  hashes = [",
    `    "${hash}",`,
    "  ]",
    "}",
  ];
}

/** The provider's own block may be damaged, since it is written anew; the rest has to be sound. */
function readLock(lines: readonly Line[], source: string): Body {
  return readHcl(lines, (type, [label]) => type === "provider" && label === source);
}

/** @param skip which blocks are not looked into */
function readHcl(lines: readonly Line[], skip?: ParseOptions["skip"]): Body {
  try {
    return parseHcl(textOf(lines), { dialect: "hcl2", ...(skip && { skip }) });
  } catch (error) {
    if (!(error instanceof HclError)) throw error;
    const { number } = lines[error.line] ?? lines.at(-1) ?? { number: 1 };
    throw new Error(`it is not a file that Terraform can read: in line ${number}, ${error.problem}`, { cause: error });
  }
}

function isOf({ type, labels }: Block, source: string): boolean {
  return type === "provider" && labels[0] === source;
}

/** Terraform keeps the blocks sorted, so that a later init leaves the file as it is. */
function successorOf(blocks: readonly Block[], source: string): Block | undefined {
  return blocks.find(({ type, labels: [label = ""] }) => type === "provider" && label > source);
}

function insert(text: string, block: string, newline: string, successor: Block | undefined): string {
  if (successor === undefined) {
    const isApart = /\n\r?\n$/.test(text);
    const gap = isApart ? "" : text.endsWith("\n") ? newline : newline + newline;
    return `${text}${gap}${block}${newline}`;
  }
  const at = startWithComments(text, successor.start);
  return `${text.slice(0, at)}${block}${newline}${newline}${text.slice(at)}`;
}

/** Comments right above a block belong to it. */
function startWithComments(text: string, start: number): number {
  const lineBefore = (position: number): number => text.lastIndexOf("\n", position - 2) + 1;
  let begin = text.lastIndexOf("\n", start - 1) + 1;
  if (text.slice(begin, start).trim() !== "") return start;
  while (begin > 0 && /^[ \t]*(?:#|\/\/)/.test(text.slice(lineBefore(begin), begin))) begin = lineBefore(begin);
  return begin;
}

/** With the line end and one of the empty lines around it. */
function removeBlock(text: string, { start, end }: Block): string {
  const before = text.slice(0, start);
  const after = text.slice(end).replace(/^[ \t]*(?:\r?\n|$)/, "");
  const isApart = /(?:^|\n)\r?\n$/.test(before);
  return before + (isApart ? after.replace(/^\r?\n/, "") : after);
}

/** Conflicts are settled where both sides say the same of everything but the provider. */
function settleConflicts(text: string, source: string): readonly Line[] {
  const pieces = readConflicts(text);
  const [ours, theirs] = [settled(pieces, "ours"), settled(pieces, "theirs")];
  if (withoutOwn(ours, source) !== withoutOwn(theirs, source)) {
    const lines = pieces.filter(isConflict).map(({ line }) => line);
    const what = lines.length === 1 ? "a conflict in line" : "conflicts in lines";
    throw new Error(`git left ${what} ${lines.join(", ")}, about more than this provider`);
  }
  return ours;
}

/** What is said of everything but the provider. */
function withoutOwn(lines: readonly Line[], source: string): string {
  const text = textOf(lines);
  const own = readLock(lines, source).blocks.filter((each) => isOf(each, source));
  const rest = own.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), text);
  return rest
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "")
    .join("\n");
}

function textOf(lines: readonly Line[]): string {
  return lines.map(({ text }) => text).join("");
}
