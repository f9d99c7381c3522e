/** `ksvla task`, `ksvla infrastructure refresh` and `ksvla svm list`, as scripts run them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret, type TaskFailedError } from "../../src/integration-server";
import { type Finished, Running } from "../e2e/support/run";
import { cleanEnvironment } from "../e2e/support/workspace";
import { type Connected, connected } from "./support/connected";

const KSVLA = join(__dirname, "..", "..", "dist", "cli", "ksvla.js");

let world: Connected;
let folder: string;

beforeAll(async () => {
  world = await connected();
  folder = mkdtempSync(join(tmpdir(), "ksvla-cli-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await world.simulator.stop();
});

const ksvla = (...args: readonly string[]): Promise<Finished> => {
  const env = { ...cleanEnvironment(folder), ...world.environment };
  return new Running(process.execPath, [KSVLA, ...args], { cwd: folder, env }).finished;
};

/** Returns the id of the task, which goes on. */
async function deploy(name: string): Promise<string> {
  const { simulator, server, ids } = world;
  const { id } = await server.images.register({
    manifestPath: "/opt/svm/svm-6.2.xml",
    infrastructureTypes: ["VMWARE"],
  });
  const host = simulator.world.hypervisor("vcenter.example.test").hosts[0]!;
  return new Promise((resolve, reject) => {
    const deployment = {
      name,
      image: { id, localization: "en", skipIntegrityCheck: false },
      placement: {
        type: "host",
        infrastructureId: ids.vcenter,
        locationId: host.id,
        storageId: host.storages[0]!.id,
        networks: [{ id: host.networks[0]!.id, primary: true }],
      },
      ksc: { address: "ksc.example.test", port: 14_000, sslPort: 13_000 },
      root: { allowSsh: false },
      klconfig: { password: new Secret("Klconfig-1") },
    } as const;
    // How it ends is for the command to find out.
    const isExpected = (error: unknown): void => {
      if ((error as TaskFailedError).name !== "TaskFailedError") reject(error);
    };
    server.svms.deploy(deployment, { onTask: resolve }).catch(isExpected);
  });
}

describe("task", () => {
  test("--wait tells steps on stderr and, when it has ended, the task as one document", async () => {
    const id = await deploy("svm-1");
    const { code, stdout, stderr } = await ksvla("task", id, "--wait", "--json");

    expect(code).toBe(0);
    const task = JSON.parse(stdout);
    expect(task).toMatchObject({ id, type: "DeployMultipleSvm", state: "Completed", progress: 100, error: null });
    expect(task.children[0]).toMatchObject({ type: "DeploySvm", state: "Completed", parameters: { svmName: "svm-1" } });
    expect(stderr).toMatch(/^DeploySvm svm-1: Completed \(\d+s\)$/m);
  });

  test("one that fails: where and why, with exit code 1 when it was waited for", async () => {
    world.simulator.world.tasks.failNext({
      parameters: { deployStepName: "UploadSvmImage" },
      message: "no space left",
    });
    const id = await deploy("svm-2");
    const waited = await ksvla("task", id, "--wait");

    expect(waited.code).toBe(1);
    expect(waited.stdout).toMatch(/^DeployMultipleSvm: Failed/);
    expect(waited.stdout).toMatch(/^ {4}UploadSvmImage: Failed.*\n {6}.*no space left$/m);
    const looked = await ksvla("task", id);
    expect(looked).toMatchObject({ code: 0, stdout: waited.stdout, stderr: "" });
  });

  test("one that takes longer than there is time, and one that nobody knows", async () => {
    const late = await ksvla("task", await deploy("svm-3"), "--wait", "--timeout", "1ms");
    expect(late).toMatchObject({ code: 1, stdout: "", stderr: "error: Time is up. The task goes on.\n" });
    const unknown = await ksvla("task", "no-such-task", "--wait");
    expect(unknown).toMatchObject({ code: 1, stdout: "" });
    expect(unknown.stderr).toMatch(
      /^error: Unable to wait for the task "no-such-task": .*404.* Check the id, and that KSVLA_ADDRESS is /,
    );
  });
});

describe("infrastructure refresh", () => {
  test("asks for it, and says what came of it where that is waited for", async () => {
    const { kvm, locked } = world.ids;
    world.simulator.requests.clear();

    expect(await ksvla("infrastructure", "refresh", kvm)).toMatchObject({
      code: 0,
      stdout: `The infrastructure ${kvm} is being read anew.\n`,
    });
    expect(world.simulator.requests.count({ method: "POST", path: `*/infrastructures/${kvm}/refresh` })).toBe(1);
    const waited = await ksvla("infrastructure", "refresh", kvm, "--wait", "--json");
    expect(waited.code).toBe(0);
    expect(JSON.parse(waited.stdout)).toEqual({ id: kvm, state: "connected", problems: [] });

    const failed = await ksvla("infrastructure", "refresh", locked, "--wait", "--timeout", "1m");
    expect(failed.code).toBe(1);
    expect(failed.stdout).toMatch(/is not connected\.\n.*password/s);
  });

  test.each([
    [
      "an infrastructure that is not there",
      ["no-such-one"],
      1,
      /^error: Unable to refresh the infrastructure "no-such-one": .* Check the id, /,
    ],
    ["no infrastructure", [], 2, /^error: missing required argument 'id'/],
    ["no duration", ["1", "--timeout", "soon"], 2, /duration such as/],
  ])("%s", async (_, args, code, stderr) => {
    expect(await ksvla("infrastructure", "refresh", ...args)).toMatchObject({
      code,
      stdout: "",
      stderr: expect.stringMatching(stderr),
    });
  });
});

describe("svm list", () => {
  test("each SVM with state, version, place and id; what cannot be looked at is told", async () => {
    const { openstack, locked } = world.ids;
    const named = ["--infrastructure", openstack, "--infrastructure", locked];
    const { code, stdout, stderr } = await ksvla("svm", "list", "--json", ...named);

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      svms: [
        {
          infrastructure: openstack,
          id: expect.any(String),
          name: "svm-existing",
          state: "Enabled",
          version: "6.2.0.1000",
          place: { id: expect.any(String), name: expect.stringContaining("security") },
          managed: false,
        },
      ],
      unseen: [{ infrastructure: locked, problem: expect.stringContaining("UNAUTHORIZED") }],
    });
    expect(stderr).toMatch(/^warning: The infrastructure ".*" cannot be looked at: /m);

    const text = await ksvla("svm", "list", "--infrastructure", openstack);
    expect(text.code).toBe(0);
    expect(text.stdout).toMatch(/^SVM +STATE +VERSION +PLACE +TERRAFORM +ID$/m);
    expect(text.stdout).toMatch(/^svm-existing +Enabled +6\.2\.0\.1000 /m);
  });
});
