/** What the codec writes, judged by Terraform itself: it compares every value that comes back with what it sent. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findTerraform } from "../../../src/installation/terraform-binary";
import { installPackage } from "../../support/mirror";
import { bundlePlugin } from "../../support/plugin-process";

const directory = mkdtempSync(join(tmpdir(), "echo-"));
const PROVIDER = `terraform {
  required_providers {
    echo = { source = "echo.test/echo/echo" }
  }
}
`;

async function terraform(...args: string[]): Promise<string> {
  const env = { PATH: process.env["PATH"], HOME: directory, CHECKPOINT_DISABLE: "1" };
  const { stdout } = await promisify(execFile)(findTerraform() ?? "terraform", [...args, "-no-color"], {
    cwd: directory,
    env,
  });
  return stdout;
}

/** Applies a configuration; whatever Terraform dislikes about a value is an error. */
async function apply(resources: string): Promise<void> {
  writeFileSync(join(directory, "main.tf"), PROVIDER + resources);
  await terraform("apply", "-auto-approve");
}

beforeAll(async () => {
  const plugin = await bundlePlugin(join(__dirname, "echo-provider.ts"));
  installPackage(join(directory, "terraform.d", "plugins"), "echo.test/echo/echo", "1.0.0", plugin.file);
  plugin.remove();
  writeFileSync(join(directory, "main.tf"), PROVIDER);
  await terraform("init");
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

test("values of every type come back as Terraform sent them, and plan no change", async () => {
  await apply(`
    locals {
      numbers = {
        tenth = 0.1, half = 0.5, tiny = 1.5e-7, third = 1 / 3, logarithm = log(10, 2), safe = -9007199254740991,
        unsafe = 9007199254740993, int64 = -9223372036854775808, huge = 123456789012345678901234567890, round = 1e30,
      }
    }
    resource "echo_thing" "number" {
      for_each = local.numbers
      any      = each.value
    }
    resource "echo_thing" "typed" {
      for_each = toset(["0.1", "1e-7", "-42", "4294967296"])
      number   = each.value
    }
    resource "echo_thing" "dynamic" {
      for_each = {
        object = jsonencode({ camelCase = 1, snake_case = [1, "a", true, null], inner = { x = null } })
        number = jsonencode(0.1)
        null   = jsonencode(null)
      }
      any = jsondecode(each.value)
    }
    resource "echo_thing" "collection" {
      any = toset([2, 1, 2])
    }
    resource "echo_thing" "all" {
      text         = "e\\u0301 \\U0001F600 \${"\\u00e9"}"
      by_name      = { "Camel Key" = "a", "10" = "b", "2" = "c", constructor = "d" }
      names        = []
      objects      = [{ full_name = "x", size = 0.1 }, { full_name = "x", size = 0.1 }, { full_name = null, size = 2 }]
      one          = { full_name = "n", ports = [3, 1, 2] }
      many         = [{ ports = [] }, { full_name = "", mode = "other" }]
      many_by_name = { "a b" = { full_name = "q" }, z = {} }
      many_at_once = [{ full_name = "b", ports = [2, 1] }, { full_name = "a" }]
    }
    resource "echo_thing" "unknown_until_apply" {
      text         = "p-\${echo_thing.all.id}"
      any          = { inner = [echo_thing.all.id] }
      objects      = [{ full_name = echo_thing.all.id, size = 1 }]
      many         = [for id in [echo_thing.all.id] : { full_name = id }]
      many_at_once = [{ full_name = echo_thing.all.id, ports = [1] }, { full_name = "x" }]
    }
  `);
  await expect(terraform("plan", "-detailed-exitcode")).resolves.toContain("No changes");
});

test("a stored number keeps every digit", async () => {
  await apply(`
    resource "echo_thing" "exact" {
      any = 0.12345678901234567890123
    }
    output "same" {
      value = echo_thing.exact.any == 0.12345678901234567890123
    }
  `);
  await expect(terraform("output", "-raw", "same")).resolves.toBe("true");
});
