/** `ksvla pack`, and a Terraform that knows nothing but the URL of what it wrote. */
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, normalize } from "node:path";
import { VERSION } from "../../src/version";
import { makeCertificate } from "../support/certificates";
import { Workspace } from "./support/workspace";

const KSVLA = join(__dirname, "..", "..", "dist", "cli", "ksvla.js");
const HCL = `terraform {
  required_providers {
    ksvla = { source = "terraform.local/ksvla/ksvla" }
  }
}
provider "ksvla" {}
`;

let folder: string;
let server: Server;
let environment: NodeJS.ProcessEnv;
let printed: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ksvla-mirror-"));
  const mirror = join(folder, "mirror");
  printed = execFileSync(KSVLA, ["pack", mirror], { encoding: "utf8" });

  const { certificate, key } = await makeCertificate();
  server = createServer({ cert: certificate, key }, ({ url = "" }, response) => {
    const file = join(mirror, normalize(new URL(url, "https://localhost").pathname));
    const found = existsSync(file) && statSync(file).isFile();
    response.writeHead(found ? 200 : 404, {
      "Content-Type": file.endsWith(".json") ? "application/json" : "application/zip",
    });
    response.end(found ? readFileSync(file) : undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  const [block = ""] = /^ {2}provider_installation[\s\S]*^ {2}\}$/m.exec(printed) ?? [];
  const configuration = join(folder, "cli.tfrc");
  writeFileSync(configuration, block.replace("https://terraform-mirror.example.com/", `https://localhost:${port}/`));
  writeFileSync(join(folder, "ca.pem"), certificate);
  environment = { TF_CLI_CONFIG_FILE: configuration, SSL_CERT_FILE: join(folder, "ca.pem") };
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

// Elsewhere Terraform asks the system whom to trust, and not SSL_CERT_FILE.
(process.platform === "linux" ? test : test.skip)(
  "Terraform installs, locks and runs what it finds there",
  async () => {
    const workspace = await Workspace.create({ env: environment, install: () => {} });
    try {
      workspace.writeFile("main.tf", HCL);
      const { output } = await workspace.succeed(["init"]);

      expect(output).toContain(`Installed terraform.local/ksvla/ksvla v${VERSION}`);
      const [, hash = "none"] = /with the hash (h1:\S+):/.exec(printed) ?? [];
      expect(readFileSync(join(workspace.directory, ".terraform.lock.hcl"), "utf8")).toContain(`"${hash}"`);
      await workspace.succeed(["validate"]);
    } finally {
      workspace.dispose();
    }
  },
);
