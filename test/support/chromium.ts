/** The Chromium of this machine, for tests of pages. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const USUAL = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Its path: what `CHROMIUM` names, else where systems have it; undefined where there is none. */
export function findChromium(): string | undefined {
  const { CHROMIUM: chosen } = process.env;
  return (chosen ? [chosen] : USUAL).find((path) => existsSync(path));
}

/** Without a network, of which these tests need none; as root, it has to do without its sandbox. */
export function launchChromium(executablePath: string): Promise<Browser> {
  const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic", ...quiet] });
}
