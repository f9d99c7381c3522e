import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const room = resolve(__dirname, "../../src/simulator");
const files = readdirSync(room, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));

test.each(files)("%s imports only the simulator's own files and Node.js", (file) => {
  const path = join(room, file);
  const specifiers = [...readFileSync(path, "utf8").matchAll(/(?:from|import\()\s*"([^"]+)"/g)].map(
    ([, name]) => name!,
  );
  const foreign = specifiers.filter(
    (name) =>
      !name.startsWith("node:") &&
      (!name.startsWith(".") || relative(room, resolve(dirname(path), name)).startsWith("..")),
  );
  expect(foreign).toEqual([]);
});
