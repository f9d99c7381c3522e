import packageJson from "../../../package.json";
import packageLock from "../../../package-lock.json";
import { builtHash, publishedHashes } from "../../../scripts/release/plugin-hash";

test("a version that was published is built as it was: code that differs needs a version of its own", () => {
  const { [packageJson.version]: published = builtHash() } = publishedHashes();

  expect(builtHash()).toBe(published);
});

test("the lock file has the package's version", () => {
  expect([packageLock.version, packageLock.packages[""].version]).toEqual([packageJson.version, packageJson.version]);
});

interface LockedPackage {
  readonly integrity?: string;
  readonly inBundle?: boolean;
  readonly link?: boolean;
}

test("the lock file knows the checksum of every package that is downloaded", () => {
  const packages = packageLock.packages as Readonly<Record<string, LockedPackage>>;
  // What comes inside another package's archive has that one's checksum.
  const downloaded = Object.entries(packages).filter(([path, { inBundle, link }]) => path !== "" && !inBundle && !link);

  expect(downloaded.filter(([, { integrity }]) => !integrity?.startsWith("sha512-")).map(([path]) => path)).toEqual([]);
});
