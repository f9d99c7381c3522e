import type { Client } from "../../../src/resources/shared/client";
import { svmImage } from "../../../src/resources/svm-image";
import { type Simulator, startSimulator } from "../../../src/simulator";
import { clientFor, clientOf } from "../../support/integration-server";
import { ResourceDriver } from "../../support/life-cycle";

const REGISTERED = { method: "POST", path: "*/images/register/manifest" };
const VERIFIED = { method: "PUT", path: "*/images/*/validate" };
const MANIFEST = "/opt/svm/svm-6.2.xml";
const TAMPERED = "/opt/svm/svm-6.2-tampered.xml";
const IMAGE = { manifestPath: MANIFEST, infrastructureTypes: ["VMWARE", "NUMAVSERVER"] };

let simulator: Simulator;
let driver: ResourceDriver<(typeof svmImage)["schema"]["attributes"], Client>;
beforeEach(async () => {
  simulator = await startSimulator({ timeScale: 0.001 });
  driver = new ResourceDriver(svmImage, clientFor(clientOf(simulator)));
});
afterEach(() => simulator.stop());

const count = (request: { readonly method: string; readonly path: string }) => simulator.requests.count(request);

describe("create", () => {
  test("registers the image and has it verified", async () => {
    const state = await driver.create(IMAGE);

    expect(state).toEqual({
      ...IMAGE,
      verify: true,
      timeouts: null,
      id: [...simulator.world.images.keys()][0],
      svmVersion: "6.2.0.1000",
      size: expect.stringMatching(/^\d+$/),
      productName: "Simulated SVM 6.2.0.1000",
      vendor: "AO Kaspersky Lab",
      publisher: "AO Kaspersky Lab",
      description: "A simulated SVM, version 6.2.0.1000.",
      verified: true,
    });
    expect(await driver.plan(IMAGE, state)).toMatchObject({ action: "no-op" });
  });

  test("writes Numa vServer as the image chapter does", async () => {
    await driver.create(IMAGE);

    expect(simulator.requests.filter(REGISTERED)[0]?.body).toEqual({
      manifestUrl: MANIFEST,
      hypervisors: [{ type: "VMWARE" }, { type: "NUMAVERSER" }],
    });
  });

  test("verifies nothing where that is not wanted", async () => {
    const state = await driver.create({ ...IMAGE, verify: false });

    expect(state.verified).toBe(false);
    expect(count(VERIFIED)).toBe(0);
  });

  test("says that a manifest is not on the server, and where it has to be", async () => {
    await expect(driver.create({ ...IMAGE, manifestPath: "/opt/svm/nowhere.xml" })).rejects.toMatchObject({
      summary: "Unable to register the SVM image /opt/svm/nowhere.xml",
      detail: expect.stringMatching(
        /The Integration Server finds no manifest at "\/opt\/svm\/nowhere\.xml"\. Copy the image there, .* or correct manifest_path \(manifestPath in CDKTF\)\.$/,
      ),
    });
  });

  test("keeps an image whose verification has failed, with the server's message", async () => {
    const image = { ...IMAGE, manifestPath: TAMPERED };

    await expect(driver.create(image)).rejects.toMatchObject({
      summary: `Unable to verify the SVM image ${TAMPERED}`,
      detail: expect.stringMatching(/signature.*registered with the id/s),
    });
    expect(driver.saved).toMatchObject({ id: [...simulator.world.images.keys()][0], verified: false });
  });

  test("of a manifest that is not there leaves no state", async () => {
    await expect(driver.create({ ...IMAGE, manifestPath: "/no/such.xml" })).rejects.toMatchObject({
      summary: "Unable to register the SVM image /no/such.xml",
    });
    expect(driver.saved).toBeUndefined();
  });

  test.each([
    ["registration", REGISTERED],
    ["verification", VERIFIED],
  ] as const)("makes a %s whose answer is lost once more, which does no harm", async (_, request) => {
    simulator.faults.add({ ...request, fault: { kind: "dropAfter" } });

    const state = await driver.create(IMAGE);

    expect(state).toMatchObject({ verified: true });
    expect(simulator.world.images.has(state.id!)).toBe(true);
    expect(count(request)).toBe(2);
  });

  test("whose answer is lost twice says that the image may be registered", async () => {
    simulator.faults.add({ ...REGISTERED, times: 2, fault: { kind: "dropAfter" } });

    await expect(driver.create(IMAGE)).rejects.toMatchObject({
      detail: expect.stringMatching(/may have been registered.*Apply again/s),
    });
    expect(count(REGISTERED)).toBe(2);
    expect(driver.saved).toBeUndefined();
  });
});

test("read asks the server nothing", async () => {
  const state = await driver.create(IMAGE);
  simulator.requests.clear();

  expect(await driver.read(state)).toEqual(state);
  expect(simulator.requests.count()).toBe(0);
});

describe("verify", () => {
  test("that is switched on later verifies the image in place", async () => {
    const state = await driver.create({ ...IMAGE, verify: false });

    expect(await driver.plan(IMAGE, state)).toMatchObject({ action: "update" });
    expect(await driver.update(IMAGE, state)).toEqual({ ...state, verify: true, verified: true });
    expect(count(REGISTERED)).toBe(1);
  });

  test("that is switched off does nothing", async () => {
    const state = await driver.create(IMAGE);
    simulator.requests.clear();

    expect(await driver.update({ ...IMAGE, verify: false }, state)).toEqual({ ...state, verify: false });
    expect(simulator.requests.count()).toBe(0);
  });

  test("that has failed is planned again when the image is kept", async () => {
    const image = { ...IMAGE, manifestPath: TAMPERED };
    await expect(driver.create(image)).rejects.toThrow();
    const kept = { ...(await driver.create({ ...image, verify: false })), verify: true };
    simulator.world.imageFiles.get(TAMPERED)!.tampered = false;

    expect(await driver.plan(image, kept)).toMatchObject({ action: "update" });
    expect(await driver.update(image, kept)).toMatchObject({ id: kept.id, verified: true });
  });
});

test.each([
  ["manifest", { manifestPath: "/opt/svm/svm-6.2.1.xml" }, ["manifest_path"]],
  ["set of types", { infrastructureTypes: ["VMWARE"] }, ["infrastructure_types"]],
])("another %s replaces the image", async (_, others, replacing) => {
  expect(await driver.plan({ ...IMAGE, ...others }, await driver.create(IMAGE))).toMatchObject({
    action: "replace",
    replacing,
  });
});

test("delete says that the image stays registered", async () => {
  const state = await driver.create(IMAGE);
  await driver.delete(state);

  expect(driver.warnings).toMatchObject([
    { summary: `The SVM image "${state.id}" stays registered on the Integration Server` },
  ]);
  expect(simulator.world.images.size).toBe(1);
});

test("import is refused with the reason", async () => {
  await expect(driver.import("1")).rejects.toMatchObject({
    detail: expect.stringMatching(/no way to read an image back.*image_id/s),
  });
});
