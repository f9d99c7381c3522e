import { type Simulator, startSimulator } from "../../src/simulator";
import { environmentOf, PROVIDER, TIME_SCALE } from "./support/configuration";
import { flatten } from "./support/screen";
import { Workspace } from "./support/workspace";

const ROLE = "ksvla_server_role.it";
const CERTIFICATE = "ksvla_trusted_certificate.it";
const RESERVE = "ksvla_reserve_server.it";
const HOST = "viis-reserve.example.test";
const ADDRESS = `${HOST}:7271`;
const SPARE = "viis-spare.example.test:7271";
const PASSWORD = "Reserve-Passw0rd";
const POST = { method: "POST", path: "*/ha/instances" };
const PUT = { method: "PUT", path: "*/ha/instances/*" };
const ROLES = { method: "PUT", path: "*/server/configuration/role" };

interface Arguments {
  readonly address?: string;
  readonly password?: string;
  readonly version?: string;
}

function reserve({ address = HOST, password = PASSWORD, version = "1" }: Arguments = {}): string {
  return `
resource "ksvla_reserve_server" "it" {
  address             = "${address}"
  password_wo         = "${password}"
  password_wo_version = "${version}"
  depends_on          = [ksvla_server_role.it, ksvla_trusted_certificate.it]
}
`;
}

/** Everything that a cluster needs; the certificate is that of the reserve server, whatever its address. */
function cluster(given: Arguments = {}): string {
  const { address = HOST } = given;
  return `${PROVIDER}
resource "ksvla_server_role" "it" {
  role = "Primary"
}
resource "ksvla_trusted_certificate" "it" {
  address = "${address.includes(":") ? address : `${address}:7271`}"
}
${reserve(given)}`;
}

/** The role and the registration alone. */
function untrusting(given: Arguments = {}): string {
  return `${PROVIDER}
resource "ksvla_server_role" "it" {
  role = "Primary"
}
${reserve(given).replace(", ksvla_trusted_certificate.it", "")}`;
}

let simulator: Simulator;
let workspace: Workspace;

beforeEach(async () => {
  simulator = await startSimulator({ timeScale: TIME_SCALE });
  workspace = await Workspace.with(cluster(), { env: environmentOf(simulator) });
});
afterEach(async () => {
  workspace.dispose();
  await simulator.stop();
});

const registered = () => [...simulator.world.cluster.instances.values()];

/** Registers a reserve server behind Terraform's back. */
function occupy(address: string): string {
  const id = "11111111-2222-4333-a444-555555555555";
  const instance = { id, address, password: PASSWORD, createdAt: new Date(), connectingUntil: new Date(0) };
  simulator.world.cluster.instances.set(id, instance);
  return id;
}

test("apply does the whole procedure, and the plan after it is empty", async () => {
  await workspace.apply();

  expect(simulator.world.cluster.role).toBe("Primary");
  expect(registered()).toMatchObject([{ address: ADDRESS, password: PASSWORD }]);
  expect(await workspace.values(RESERVE)).toMatchObject({
    id: registered()[0]?.id,
    address: HOST,
    role: "Reserve",
    status: "Connected",
    connection_error: "NoError",
    created_at: registered()[0]?.createdAt.toISOString(),
  });
  expect((await workspace.plan()).code).toBe(0);
});

test("a role that the server already has is no change of the server", async () => {
  simulator.world.cluster.role = "Primary";

  await workspace.apply(`-target=${ROLE}`);

  expect(simulator.world.cluster.role).toBe("Primary");
  expect(simulator.requests.filter(ROLES)).toMatchObject([{ status: 200 }]);
});

test("destroy de-registers, and says that the role stays", async () => {
  await workspace.apply();

  const { output } = await workspace.destroy();

  expect(registered()).toEqual([]);
  expect(flatten(output)).toMatch(/keeps the role Primary.*no way back to standalone/);
  expect(await workspace.state()).toEqual({});
});

describe("a change", () => {
  test("of the address is made in place", async () => {
    await workspace.apply();
    const [{ id } = { id: "" }] = registered();
    workspace.write(cluster({ address: SPARE }));

    expect(await workspace.plannedActions()).toMatchObject({ [RESERVE]: ["update"] });
    await workspace.apply();

    expect(registered()).toMatchObject([{ id, address: SPARE }]);
    expect(await workspace.values(RESERVE)).toMatchObject({ id, address: SPARE, status: "Connected" });
    expect((await workspace.plan()).code).toBe(0);
  });

  test("of the password's version is made in place", async () => {
    await workspace.apply();
    simulator.world.cluster.server(ADDRESS).password = "Other-Passw0rd";
    workspace.write(cluster({ password: "Other-Passw0rd", version: "2" }));

    await workspace.apply();

    expect(registered()).toMatchObject([{ password: "Other-Passw0rd" }]);
    expect((await workspace.plan()).code).toBe(0);
  });

  test("of the address's spelling is none", async () => {
    await workspace.apply();
    workspace.write(cluster({ address: ADDRESS }));

    expect(await workspace.plannedActions()).toMatchObject({ [RESERVE]: ["no-op"] });
  });

  test("that fails is made again by the next apply", async () => {
    await workspace.apply();
    simulator.world.cluster.server(ADDRESS).password = "Other-Passw0rd";
    workspace.write(cluster({ password: "Typo-Passw0rd", version: "2" }));
    await workspace.failingApply();
    workspace.write(cluster({ password: "Other-Passw0rd", version: "2" }));

    await workspace.apply();

    expect(await workspace.values(RESERVE)).toMatchObject({ status: "Connected", password_wo_version: "2" });
    expect((await workspace.plan()).code).toBe(0);
  });
});

describe("behind Terraform's back", () => {
  test("a de-registered server is registered again", async () => {
    await workspace.apply();
    simulator.world.cluster.instances.clear();

    expect(await workspace.plannedActions()).toMatchObject({ [RESERVE]: ["create"] });
    await workspace.apply();

    expect(registered()).toHaveLength(1);
  });

  test("a changed address is changed back in place", async () => {
    await workspace.apply();
    simulator.world.trust(SPARE);
    registered()[0]!.address = SPARE;

    expect(await workspace.plannedActions()).toMatchObject({ [RESERVE]: ["update"] });
    await workspace.apply();

    expect(registered()).toMatchObject([{ address: ADDRESS }]);
  });

  test("a changed password is asked for by an update", async () => {
    await workspace.apply();
    simulator.world.cluster.server(ADDRESS).password = "Other-Passw0rd";

    expect(await workspace.plannedActions()).toMatchObject({ [RESERVE]: ["update"] });
    workspace.write(cluster({ password: "Other-Passw0rd" }));
    await workspace.apply();

    expect(await workspace.values(RESERVE)).toMatchObject({ status: "Connected" });
  });

  test("an outage is a warning and plans nothing", async () => {
    await workspace.apply();
    simulator.world.endpoint(ADDRESS).outage = "NETWORK_ERROR";
    workspace.write(untrusting());

    const { output, code } = await workspace.plan(`-target=${RESERVE}`);

    expect(flatten(output)).toMatch(/viis-reserve\.example\.test:7271 is not connected.*NetworkError/);
    expect(code).toBe(0);
  });
});

test("a second reserve server is refused before anything is sent, with the first one's address and id", async () => {
  simulator.world.cluster.role = "Primary";
  const id = occupy(SPARE);

  const { output } = await workspace.failingApply();

  expect(flatten(output)).toContain(`${SPARE} is registered with ${simulator.address} already, with the id "${id}"`);
  expect(flatten(output)).toContain(`terraform import ADDRESS ${id}`);
  expect(simulator.requests.count(POST)).toBe(0);
});

test("two reserve servers in one configuration: one is registered, the other one is told", async () => {
  simulator.world.trust(SPARE);
  workspace.write(`${cluster()}
resource "ksvla_reserve_server" "second" {
  address     = "${SPARE}"
  password_wo = "${PASSWORD}"
  depends_on  = [ksvla_server_role.it, ksvla_trusted_certificate.it]
}`);

  const { output } = await workspace.failingApply();

  expect(registered()).toHaveLength(1);
  expect(flatten(output)).toContain(`with the id "${registered()[0]?.id}", and only one reserve server can be`);
});

describe("import", () => {
  test("by id is followed by an empty plan once the password's version is adopted", async () => {
    await workspace.apply(`-target=${ROLE}`, `-target=${CERTIFICATE}`);
    const id = occupy(ADDRESS);

    await workspace.import(RESERVE, id);
    await workspace.apply();

    expect(simulator.requests.count(PUT)).toBe(0);
    expect(await workspace.values(RESERVE)).toMatchObject({ id, status: "Connected", password_wo_version: "1" });
    expect((await workspace.plan()).code).toBe(0);
  });

  test("of what an error named, with another address, plans a change in place", async () => {
    await workspace.apply(`-target=${ROLE}`, `-target=${CERTIFICATE}`);
    const id = occupy(SPARE);

    await workspace.import(RESERVE, id);
    await workspace.apply();

    expect(registered()).toMatchObject([{ id, address: ADDRESS }]);
  });

  test("of an unknown id is refused", async () => {
    await workspace.apply(`-target=${ROLE}`);

    const { code, output } = await workspace.run(["import", RESERVE, "1"]);

    expect(code).toBe(1);
    expect(flatten(output)).toMatch(/ksvla_reserve_servers tells the ids/);
  });

  test("of a role is refused with the reason", async () => {
    const { code, output } = await workspace.run(["import", ROLE, "Primary"]);

    expect(code).toBe(1);
    expect(flatten(output)).toMatch(/no way to read the role/);
  });
});

/** What is wrong, and what has to be on the screen: the error and what to do. */
const ERRORS: Readonly<
  Record<string, { arrange?: (simulator: Simulator) => void; configuration?: string; shows: readonly RegExp[] }>
> = {
  InvalidCertificate: {
    shows: [/InvalidCertificate/, /resource "ksvla_trusted_certificate" "reserve" { address = "viis-reserve\S+:7271"/],
  },
  Unauthorized: {
    arrange: ({ world }) => world.trust(ADDRESS),
    configuration: untrusting({ password: "Wrong-Passw0rd" }),
    shows: [/Unauthorized/, /user admin on the reserve server/, /password_wo +=/],
  },
  AccessDenied: {
    arrange: ({ world }) => world.trust("viis-other.example.test:7271"),
    configuration: untrusting({ address: "viis-other.example.test" }),
    shows: [/AccessDenied/, /standalone/],
  },
  NetworkError: {
    configuration: untrusting({ address: "nobody.example.test" }),
    shows: [/NetworkError/, /nobody\.example\.test:7271 is right and running/],
  },
  ServerError: {
    arrange: ({ world }) => {
      world.trust(ADDRESS);
      world.endpoint(ADDRESS).outage = "SERVER_ERROR";
    },
    shows: [/ServerError/, /same version/],
  },
};

test.each(Object.entries(ERRORS))("%s is explained on the screen", async (_, given) => {
  given.arrange?.(simulator);
  workspace.write(given.configuration ?? untrusting());

  const { output } = await workspace.failingApply();

  for (const expected of given.shows) expect(flatten(output)).toMatch(expected);
});

test("a connection that failed is mended by the next apply", async () => {
  workspace.write(untrusting());
  await workspace.failingApply();
  workspace.write(cluster());

  await workspace.apply();

  expect(registered()).toHaveLength(1);
  expect((await workspace.plan()).code).toBe(0);
});

test("on a server without the role, the error shows the resource that assigns it", async () => {
  workspace.write(
    PROVIDER + reserve().replace("depends_on          = [ksvla_server_role.it, ksvla_trusted_certificate.it]", ""),
  );

  const { output } = await workspace.failingApply();

  expect(flatten(output)).toContain('resource "ksvla_server_role" "primary" { role = "Primary" }');
});

test("the data source tells what is registered", async () => {
  simulator.world.cluster.role = "Primary";
  const id = occupy(ADDRESS);
  workspace.write(`${PROVIDER}
data "ksvla_reserve_servers" "it" {}
output "servers" {
  value = data.ksvla_reserve_servers.it.reserve_servers
}`);

  await workspace.apply();

  expect(await workspace.outputs()).toMatchObject({
    servers: [{ id, address: ADDRESS, status: "Disconnected", connection_error: "InvalidCertificate" }],
  });
});
