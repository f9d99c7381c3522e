/** The page of `ksvla coverage --html`, in a real browser. Skipped where there is no Chromium; `CHROMIUM` may name one. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { coverageTemplate } from "../../scripts/build/coverage-page";
import { coveragePage } from "../../src/cli/coverage/page";
import { drawnWorld, HOSTILE_NAMES } from "../cli/support/world";
import { findChromium, launchChromium } from "../support/chromium";

const ROOT = join(__dirname, "..", "..");
const chromium = findChromium();

jest.setTimeout(120_000);

const describeInChromium = chromium === undefined ? describe.skip : describe;

describeInChromium("the page of the coverage, in Chromium", () => {
  let folder: string;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "ksvla-page-"));
    browser = await launchChromium(chromium ?? "");
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => page.close());

  /** A page with this many hypervisors beside places with hostile names and an infrastructure that is down. */
  async function open(hosts: number, options: Parameters<Browser["newPage"]>[0] = {}): Promise<void> {
    const file = join(folder, "coverage.html");
    writeFileSync(file, await coveragePage(drawnWorld(hosts), coverageTemplate(ROOT)));
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    complaints = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      if (request.url() !== pathToFileURL(file).href) complaints.push(`asked for ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href);
  }

  const shownNames = () => page.locator(".tile:visible .name").allTextContents();
  const status = () => page.getByRole("status").textContent();
  const focused = () => page.evaluate<string>("document.activeElement.textContent");

  test("names of a server are text, whatever they look like, and nothing is asked for", async () => {
    await open(10);

    const names = await shownNames();
    for (const name of HOSTILE_NAMES) expect(names).toContain(name);
    await page.locator(".tile", { hasText: "<img src=x" }).click();
    await expect(page.locator("aside h2").textContent()).resolves.toBe("<img src=x onerror=window.pwned=1>");
    await page.getByRole("searchbox").fill("JavaScript:");
    expect(await shownNames()).toEqual(["javascript:window.pwned=1"]);
    expect(await page.evaluate("window.pwned")).toBeUndefined();
    expect(await page.locator("img, iframe, link, object, main script").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("its policy keeps even code that came in from running, and from asking anybody", async () => {
    await open(10);
    await page.evaluate(`{
      const script = document.createElement("script");
      script.append("window.pwned = 1");
      document.body.append(script);
      try { document.body.setAttribute("onclick", "window.pwned = 1"); } catch {}
      document.body.click();
      try { document.body.innerHTML = "<img src=x onerror=window.pwned=1>"; } catch {}
      fetch("https://example.com/").catch(() => {});
    }`);

    expect(await page.evaluate("window.pwned")).toBeUndefined();
    expect(complaints.filter((each) => each.startsWith("asked for"))).toEqual([]);
    expect(complaints.join("\n")).toMatch(/Content Security Policy/);
  });

  test("two thousand hypervisors are there, and are searched and filtered", async () => {
    await open(2_000);
    expect(await status()).toBe("All 2011 are shown.");

    await page.getByRole("searchbox").fill("ESX-01 svm");
    expect(await status()).toBe("100 of 2011 are shown.");
    await page.getByRole("button", { name: /^no SVM \d/ }).click();
    // What has no SVM has none that could be found.
    expect(await status()).toBe("10 of 2011 are shown.");
    expect((await shownNames()).every((name) => name.startsWith("esx-01"))).toBe(true);
    await page.getByRole("searchbox").fill("");
    await page.getByRole("button", { name: /^unknown \d/ }).click();
    expect(await page.locator(".panel:visible h2").allTextContents()).toContain("hyperv-branch-office");
    await page.getByRole("button", { name: /^all \d/ }).click();
    expect(await status()).toBe("All 2011 are shown.");
  });

  test("everything is done with the keyboard", async () => {
    await open(60);

    await page.keyboard.press("/");
    await page.keyboard.type("esx-00");
    expect(await status()).toBe("60 of 71 are shown.");
    for (let presses = 0; presses < 7; presses += 1) await page.keyboard.press("Tab");
    const first = await focused();
    await page.keyboard.press("ArrowRight");
    const second = await focused();
    expect(second).not.toBe(first);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    expect(await focused()).toBe(second);
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    expect(await page.locator("aside").isVisible()).toBe(true);
    const last = await page.locator("aside h2").textContent();
    await page.keyboard.press("Escape");
    expect(await page.locator("aside").isVisible()).toBe(false);
    expect(await focused()).toContain(last);
  });

  test("nothing that is opened or led to is behind the header, however high that is", async () => {
    await open(600, { viewport: { width: 900, height: 700 } });
    const isSeen = (element: string) =>
      page.evaluate<boolean>(`{
        const { left, top, width, height } = ${element}.getBoundingClientRect();
        const there = document.elementFromPoint(left + width / 2, top + height / 2);
        ${element}.contains(there);
      }`);

    const tile = page.locator(".tile").nth(300);
    await tile.scrollIntoViewIfNeeded();
    await tile.click();
    expect(await isSeen('document.querySelector(".close")')).toBe(true);
    await page.keyboard.press("Escape");
    for (let presses = 0; presses < 20; presses += 1) await page.keyboard.press("ArrowUp");
    expect(await isSeen("document.activeElement")).toBe(true);
  });

  test("names that begin alike are read to where they differ", async () => {
    await open(10);
    await page.evaluate(`document.querySelector(".name").textContent = "hypervisor-production-dc1-042"`);

    expect(
      await page
        .locator(".name")
        .first()
        .evaluate((name) => name.scrollHeight <= name.clientHeight + 1),
    ).toBe(true);
  });

  test("a place tells its SVMs, with the id to import them by, and what is in the way of one", async () => {
    await open(10);

    await page.locator(".tile", { hasText: "esx-0004" }).click();
    expect(await page.locator("aside").textContent()).toMatch(
      /No SVM[\s\S]*no storage with a free space of 1: ds1 has 0/,
    );
    await page.locator(".tile", { hasText: "esx-0001" }).click();
    expect(await page.locator("aside").textContent()).toMatch(
      /svm-esx-0001[\s\S]*6\.2\.0\.1000[\s\S]*12\/id of svm-esx-0001/,
    );
  });

  test.each(["light", "dark"] as const)("text can be read in %s colours, on everything", async (colorScheme) => {
    await open(20, { colorScheme });
    await page.locator(".tile").first().click();

    expect(await page.evaluate(`(${lowContrasts.toString()})(4.5)`)).toEqual([]);
  });

  test.each([1280, 400, 320])("nothing is wider than a window of %d pixels", async (width) => {
    await open(20, { viewport: { width, height: 800 } });
    await page.locator(".tile").first().click();

    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
  });

  test("prints every place that is shown, without what cannot be used on paper", async () => {
    await open(200);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });

    expect(await page.getByRole("searchbox").isVisible()).toBe(false);
    expect(await page.locator(".tile:visible").count()).toBe(210);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    expect((await page.pdf()).byteLength).toBeGreaterThan(10_000);
  });
});

/** Runs in the page: what has less contrast to what is behind it than wanted (WCAG 2, relative luminance). */
function lowContrasts(wanted: number): string[] {
  // biome-ignore lint/suspicious/noExplicitAny: these are the page's own globals, for which tests have no types
  const { document, getComputedStyle } = globalThis as any;
  const numbers = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: string) => {
    const [r = 0, g = 0, b = 0] = numbers(color).map((each) => {
      const part = each / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  // biome-ignore lint/suspicious/noExplicitAny: an element, see above
  const backgroundOf = (element: any): string => {
    for (let each = element; each !== null; each = each.parentElement) {
      const color = getComputedStyle(each).backgroundColor;
      if (numbers(color)[3] !== 0) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const bad: string[] = [];
  for (const element of document.querySelectorAll("body *")) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
    if (!hasText || element.offsetParent === null) continue;
    const [one, other] = [luminance(getComputedStyle(element).color), luminance(backgroundOf(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < wanted) bad.push(`${element.className || element.tagName} ${element.textContent}: ${ratio.toFixed(2)}`);
  }
  return bad;
}
