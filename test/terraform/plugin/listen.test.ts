import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { listen } from "../../../src/terraform/plugin/listen";

const servers: Server[] = [];

function server(): Server {
  const made = createServer();
  servers.push(made);
  return made;
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map((open) => new Promise((resolve) => open.close(resolve))));
});

/** A port in use, and the server that uses it. */
async function takenPort(): Promise<number> {
  const other = server().listen(0, "127.0.0.1");
  await once(other, "listening");
  return (other.address() as AddressInfo).port;
}

describe("on Windows", () => {
  test("any loopback port will do without a range", async () => {
    const { network, address } = await listen(server(), { minPort: 0, maxPort: 0 }, "win32");
    expect({ network, address }).toEqual({ network: "tcp", address: expect.stringMatching(/^127\.0\.0\.1:[1-9]\d+$/) });
  });

  test("a port in use is passed over", async () => {
    const taken = await takenPort();
    const { address } = await listen(server(), { minPort: taken, maxPort: taken + 20 }, "win32");
    expect(Number(address.split(":")[1])).toBeGreaterThan(taken);
  });

  test("a range without a free port is an error", async () => {
    const taken = await takenPort();
    await expect(listen(server(), { minPort: taken, maxPort: taken }, "win32")).rejects.toThrow("EADDRINUSE");
  });

  test("an empty range is an error", async () => {
    await expect(listen(server(), { minPort: 2, maxPort: 1 }, "win32")).rejects.toThrow("PLUGIN_MIN_PORT");
  });
});
