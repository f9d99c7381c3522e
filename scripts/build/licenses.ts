/** The licence texts of everything that a bundle contains. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const LICENCE_FILE = /^(licen[cs]e|notice|copying)(\.|-|$)/i;
const RULE = "=".repeat(80);

/** One text for all packages, each once, by name. */
export async function collectLicenses(root: string, packages: readonly string[]): Promise<string> {
  const sections = await Promise.all([...new Set(packages)].map((folder) => section(join(root, folder))));
  return `The bundled files contain the following packages.\n\n${sections.sort().join("\n")}`;
}

async function section(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
    license?: string;
  };
  const files = (await readdir(folder)).filter((file) => LICENCE_FILE.test(file)).sort();
  if (files.length === 0 && license === undefined) {
    throw new Error(`${name} ${version} is bundled, but states no licence.`);
  }
  const texts = await Promise.all(files.map(async (file) => (await readFile(join(folder, file), "utf8")).trim()));
  return `${RULE}\n${name} ${version} (${license ?? "see below"})\n${RULE}\n\n${texts.join("\n\n")}\n`;
}
