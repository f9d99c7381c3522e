import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";

const DIST = join(__dirname, "..", "..", "dist");
const text = readFileSync(join(DIST, "sbom.cdx.json"), "utf8");

test("the bill of materials is valid", async () => {
  expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text)).toBeNull();
});

test("it names what the licences name, each with a checksum and a licence", () => {
  const { components } = JSON.parse(text) as {
    components: { group?: string; name: string; version: string; hashes?: unknown[]; licenses?: unknown[] }[];
  };
  const licences = readFileSync(join(DIST, "THIRD-PARTY-LICENSES"), "utf8");
  const licensed = [...licences.matchAll(/^={80}\n(\S+ \S+) \(.*\)\n={80}$/gm)].map(([, name]) => name);

  expect(components.map(({ group, name, version }) => `${group ? `${group}/` : ""}${name} ${version}`).sort()).toEqual(
    licensed.sort(),
  );
  for (const part of components)
    expect([part.name, part.hashes?.length, part.licenses?.length]).toEqual([part.name, 1, 1]);
});
