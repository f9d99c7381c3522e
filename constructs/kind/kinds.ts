/** The two CDKs that the package has entries for. Their classes look alike and do not work together. */

export interface Kind {
  readonly name: string;
  /** Its entry of this package; others stand below it, such as `<entry>/generated`. */
  readonly entry: string;
}

/** By the name of the CDK's package. */
const KINDS: Readonly<Record<string, Kind>> = {
  cdktf: { name: "CDKTF", entry: "cdktf-ksvla" },
  cdktn: { name: "CDK Terrain", entry: "cdktf-ksvla/cdktn" },
};

export function kindOf(packageName: string): Kind | undefined {
  return Object.hasOwn(KINDS, packageName) ? KINDS[packageName] : undefined;
}

/** What an entry says when its CDK cannot be loaded because it is not there; other errors stay what they are. */
export function missingKind(error: unknown): unknown {
  const isMissing = error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND";
  if (!isMissing) return error;
  const [message = ""] = error.message.split("\n");
  // Of a package that the CDK lacks in its turn, the name in the message is another one.
  const name = Object.keys(KINDS).find((each) => new RegExp(`(?:'${each}'|access ${each} )`).test(message));
  const kind = name === undefined ? undefined : kindOf(name);
  if (kind === undefined) return error;
  const others = Object.values(KINDS).filter((other) => other !== kind);
  const advice = others.map((other) => `An app of ${other.name} imports from "${other.entry}".`).join(" ");
  return new Error(
    `"${kind.entry}" is for apps of ${kind.name}, and its package ${name} is not installed. ${advice} In an app of ${kind.name}, run: ` +
      `npm install ${name}`,
    { cause: error },
  );
}
