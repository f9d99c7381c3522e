import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ProtectedSite, type ProtectedSiteProps } from "../../examples/platform-module/protected-site";
import { problems } from "../constructs/synth";

const SITE: ProtectedSiteProps = {
  code: "prg",
  platform: "proxmox",
  address: "proxmox.example.test",
  thumbprints: { thumbprint: "11".repeat(20), sshThumbprint: "22".repeat(20) },
  hosts: ["proxmox-01"],
};

function problemsOf(props: Partial<ProtectedSiteProps>): readonly string[] {
  return problems((stack) => new ProtectedSite(stack, "site", { ...SITE, ...props }));
}

test("a site as the company wants it is accepted", () => {
  expect(problemsOf({})).toEqual([]);
});

test("what a site must not have is refused at synth, all at once and under the construct's path", () => {
  expect(problemsOf({ code: "Prague", address: "192.0.2.10", thumbprints: { thumbprint: "11".repeat(20) } })).toEqual([
    "[stack/site] code: It must be three lower-case letters, got: Prague",
    "[stack/site] address: It must be within example.test, got: 192.0.2.10",
    "[stack/site] thumbprints: There is none for ssh://192.0.2.10:22.",
  ]);
});

test("a site without hypervisors is refused", () => {
  expect(problemsOf({ hosts: [] })).toContain("[stack/site] hosts: A site needs at least one hypervisor.");
});

test.each(["platform-module/prague.yaml", "platform-module/site.test.ts", "hcl/tests/mocked.tftest.hcl"])(
  "the guide to testing shows %s as it is",
  (file) => {
    const root = join(__dirname, "../..");
    const guide = readFileSync(join(root, "docs/guides/testing.md"), "utf8");
    expect(guide).toContain(`\n${readFileSync(join(root, "examples", file), "utf8")}\`\`\``);
  },
);
