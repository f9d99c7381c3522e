/** Versions of SVMs, such as `6.2.0.1000`. */

/** The numbers in a version; undefined where it has none. */
function numbersOf(version: string): readonly number[] | undefined {
  const numbers = /^\D*(\d+(?:\.\d+)*)/.exec(version)?.[1]?.split(".").map(Number);
  return numbers;
}

export function isVersion(text: string): boolean {
  return /^\d+(\.\d+)*$/.test(text);
}

/** Below 0 where the first one is older; a number that is missing counts as 0. Undefined where one is no version. */
export function compareVersions(one: string, other: string): number | undefined {
  const ours = numbersOf(one);
  const theirs = numbersOf(other);
  if (ours === undefined || theirs === undefined) return undefined;
  const length = Math.max(ours.length, theirs.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (ours[index] ?? 0) - (theirs[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The newest of them; undefined where there is none. */
export function newest(versions: readonly string[]): string | undefined {
  return versions.reduce<string | undefined>((best, version) => {
    if (best === undefined) return numbersOf(version) === undefined ? undefined : version;
    return (compareVersions(version, best) ?? 0) > 0 ? version : best;
  }, undefined);
}

/** Whether what is said to be for one version, such as `6.2`, is for this one, such as `6.2.0.1000`. */
export function isFor(stated: string, version: string): boolean {
  const wanted = numbersOf(stated);
  const numbers = numbersOf(version);
  return wanted !== undefined && numbers !== undefined && wanted.every((number, index) => number === numbers[index]);
}
