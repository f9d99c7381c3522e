import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { listen } from "../../../src/terraform/plugin/listen";

const ANY_PORT = { minPort: 0, maxPort: 0 };
const LOOPBACK = expect.stringMatching(/^127\.0\.0\.1:[1-9]\d+$/);

let folder: string;
const servers: Server[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "listen-"));
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((open) => new Promise((resolve) => open.close(resolve))));
  rmSync(folder, { recursive: true });
});

function server(): Server {
  const made = createServer();
  servers.push(made);
  return made;
}

/** A port in use, and the server that uses it. */
async function takenPort(): Promise<number> {
  const other = server().listen(0, "127.0.0.1");
  await once(other, "listening");
  return (other.address() as AddressInfo).port;
}

describe("a socket", () => {
  test("is in a folder of this user alone", async () => {
    const { network, address } = await listen(server(), ANY_PORT, [folder]);
    expect(network).toBe("unix");
    expect(dirname(dirname(address))).toBe(folder);
    expect(statSync(dirname(address)).mode & 0o777).toBe(0o700);
  });

  test("has an absolute path where the temporary folder has a relative one", async () => {
    const { address } = await listen(server(), ANY_PORT, [relative(process.cwd(), folder)]);
    expect(dirname(dirname(address))).toBe(folder);
  });

  const UNUSABLE: Readonly<Record<string, () => string>> = {
    "is missing": () => join(folder, "missing"),
    "is a file": () => {
      writeFileSync(join(folder, "file"), "");
      return join(folder, "file");
    },
    "is so deep that a socket's path would be too long": () => join(folder, "deep".repeat(20)),
    "cannot be written": () => "/proc",
  };

  test.each(Object.entries(UNUSABLE))("is in the next folder where the first one %s", async (_, unusable) => {
    const { address } = await listen(server(), ANY_PORT, [unusable(), folder]);
    expect(dirname(dirname(address))).toBe(folder);
  });

  test("leaves no folder behind when its server is closed", async () => {
    const open = createServer();
    await listen(open, ANY_PORT, [folder]);
    await new Promise((resolve) => open.close(resolve));
    expect(readdirSync(folder)).toEqual([]);
  });

  test("leaves no folder behind where it cannot be bound", async () => {
    const busy = server();
    await listen(busy, ANY_PORT, [folder]);
    await expect(listen(busy, ANY_PORT, [folder])).rejects.toThrow("more than once");
    expect(readdirSync(folder)).toHaveLength(1);
  });
});

describe("without a folder for a socket", () => {
  const nowhere = () => [join(folder, "missing")];

  test("any loopback port will do without a range", async () => {
    expect(await listen(server(), ANY_PORT, nowhere())).toEqual({ network: "tcp", address: LOOPBACK });
    expect(existsSync(join(folder, "missing"))).toBe(false);
  });

  test("a port in use is passed over", async () => {
    const taken = await takenPort();
    const { address } = await listen(server(), { minPort: taken, maxPort: taken + 20 }, nowhere());
    expect(Number(address.split(":")[1])).toBeGreaterThan(taken);
  });

  test("a range without a free port is an error that says of each place why it cannot be had", async () => {
    const taken = await takenPort();
    const listening = listen(server(), { minPort: taken, maxPort: taken }, nowhere());
    await expect(listening).rejects.toThrow(/in \/.*missing: .*ENOENT.*; on 127\.0\.0\.1: .*EADDRINUSE.*Set TMPDIR/);
  });

  test("an empty range is an error", async () => {
    await expect(listen(server(), { minPort: 2, maxPort: 1 }, nowhere())).rejects.toThrow("PLUGIN_MIN_PORT");
  });
});
