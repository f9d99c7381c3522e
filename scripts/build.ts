/** `npm run build` */
import { join } from "node:path";
import { buildPackage } from "./build/build-package";

const started = performance.now();
buildPackage(join(__dirname, ".."))
  .then((files) => {
    for (const { path, bytes } of files) console.log(`${path}  ${Math.round(bytes / 1024)} kB`);
    console.log(`dist/constructs  Built in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  })
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
