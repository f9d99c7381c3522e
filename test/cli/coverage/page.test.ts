/** The page as text; in a browser it is tested by test/matrix/coverage-page.matrix.ts. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { coverageTemplate } from "../../../scripts/build/coverage-page";
import { coveragePage } from "../../../src/cli/coverage/page";
import { drawnWorld } from "../support/world";

let page: string;
const view = drawnWorld(20);

beforeAll(async () => {
  page = await coveragePage(view, coverageTemplate(join(__dirname, "../../..")));
});

const elements = (name: string) =>
  [...page.matchAll(new RegExp(`<${name}\\b[^>]*>([\\s\\S]*?)</${name}>`, "g"))].map(([, text]) => text ?? "");

test("the data is what was given, and nothing in it ends or begins an element", () => {
  const [data = ""] = elements("script");
  expect(data).not.toMatch(/[<>&]/);
  expect(JSON.parse(data)).toEqual(view);
  expect(elements("script")).toHaveLength(2);
});

test("the policy allows this style and this script, by their hashes, and nothing else", () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
  const hash = (text: string | undefined) =>
    `'sha256-${createHash("sha256")
      .update(text ?? "")
      .digest("base64")}'`;
  expect(policy?.split("; ")).toEqual([
    "default-src 'none'",
    `style-src ${hash(elements("style")[0])}`,
    `script-src ${hash(elements("script")[1])}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ]);
});

test("nothing in it is of another host", () => {
  const [data = "", script = ""] = elements("script");
  expect(page.replace(data, "").replace(script, "")).not.toMatch(/https?:|src=|href=|@import|url\(/);
  expect(script.replace("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|fetch\(|XMLHttpRequest|innerHTML/);
});
