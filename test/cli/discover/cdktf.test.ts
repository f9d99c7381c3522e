import { cdktfFiles } from "../../../src/cli/discover/cdktf";
import type { Found } from "../../../src/cli/discover/found";

function found(name: string, place = "esx-01"): Found {
  const host = { id: "host-1", storageId: "unknown", networks: [] };
  const svm = {
    identifier: "svm",
    importId: "12/vm-1",
    name,
    place,
    config: { imageId: "unknown", host, openstack: null },
  };
  const admin = { name: "admin", domain: null, passwordWoVersion: null };
  const settings = { type: "VMWARE", address: "vc", admin, readOnly: null, openstack: null, timeouts: null } as const;
  return { infrastructures: [{ id: "12", identifier: "vc", settings, isManaged: false, svms: [svm] }], leftOut: [] };
}

test("texts are texts to TypeScript and to Terraform", () => {
  const { "main.ts": main } = cdktfFiles(found(`a"\\b\n\${c} %{d}`, "x\n process.exit()"), "cdktf");

  expect(main).toContain('name: "a\\"\\\\b\\n$${c} %%{d}"');
  expect(main).toContain("// on x  process.exit()\n");
});

test("what CDKTF would take for a reference of its own is refused, with a way out", () => {
  expect(() => cdktfFiles(found(`\${TfToken[TOKEN.0]}`), "cdktf")).toThrow(/Use --format hcl/);
});

test("an app of CDK Terrain imports its own entry, and says for which versions it is", () => {
  const { "main.ts": main, "cdktf.json": config, "package.json": manifest } = cdktfFiles(found("svm"), "cdktn");

  expect(main).toContain('from "cdktn";');
  expect(main).toContain('from "cdktf-ksvla/cdktn";');
  expect(JSON.parse(config ?? "").targetVersions).toEqual({ terraform: ">=1.11" });
  expect(Object.keys(JSON.parse(manifest ?? "").dependencies)).toEqual(["cdktf-ksvla", "cdktn", "constructs"]);
});
