import { readFileSync } from "node:fs";
import { join } from "node:path";
import packageJson from "../../../package.json";
import { builtHash, publishedHashes } from "../../../scripts/release/plugin-hash";

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly inBundle?: boolean;
  readonly link?: boolean;
}

const lock: { version: string; packages: Readonly<Record<string, LockedPackage>> } = JSON.parse(
  readFileSync(join(__dirname, "..", "..", "..", "package-lock.json"), "utf8"),
);

test("a version that was published is built as it was: code that differs needs a version of its own", () => {
  const { [packageJson.version]: published = builtHash() } = publishedHashes();

  expect(builtHash()).toBe(published);
});

test("the lock file has the package's version", () => {
  expect([lock.version, lock.packages[""]?.version]).toEqual([packageJson.version, packageJson.version]);
});

test("the lock file knows the checksum of every package that is downloaded", () => {
  // What comes inside another package's archive has that one's checksum.
  const downloaded = Object.entries(lock.packages).filter(
    ([path, { inBundle, link }]) => path !== "" && !inBundle && !link,
  );

  expect(downloaded.filter(([, { integrity }]) => !integrity?.startsWith("sha512-")).map(([path]) => path)).toEqual([]);
});
