/** A site, deployed on a simulated Integration Server that has what Prague has. Run with Jest; see docs/guides/testing.md. */
import { join } from "node:path";
import type { App } from "cdktf";
import { type DeployStackOptions, deployStack } from "cdktf-ksvla/testing";
import "cdktf-ksvla/testing/jest";
import { SiteStack } from "./site-stack";

jest.setTimeout(120_000);

const PRAGUE: DeployStackOptions = {
  inventory: join(__dirname, "prague.yaml"),
  variables: { PRG_PASSWORD: "Admin-Passw0rd", KLCONFIG_PASSWORD: "Klconfig-Passw0rd" },
};

const prague = (app: App) =>
  new SiteStack(app, "prague", {
    code: "prg",
    platform: "vsphere",
    address: "vcenter.example.test",
    thumbprints: { thumbprint: "BCD1B5A9F29709ABA82372FAA2693FE154FC05B6" },
    hosts: ["esx-01", "esx-02"],
  });

test("every hypervisor of the site is protected, and nothing is left to change", async () => {
  const deployment = await deployStack(prague, PRAGUE);

  for (const host of ["esx-01", "esx-02"]) {
    expect(deployment).toHaveSvm(`prg-svm-${host}`, {
      place: host,
      running: true,
      networks: ["Servers"],
      allowsSsh: false,
    });
  }
  expect(deployment).toTrust("vcenter.example.test:443");
  expect(deployment).toPlanNoChanges();
  expect(deployment.state["prague"]?.outputs["svm_addresses"]).toEqual({
    "svm-esx-01": expect.stringMatching(/^\d+\./),
    "svm-esx-02": expect.stringMatching(/^\d+\./),
  });
});

test("the removal of the site leaves what is not ours", async () => {
  const { server } = await deployStack(prague, { ...PRAGUE, afterwards: ({ destroy }) => destroy() });

  expect(server.svms.map(({ name }) => name)).toEqual(["svm-by-hand"]);
  expect(server.infrastructures).toEqual([]);
});

test("an SVM that fails fails alone, and says at which step", async () => {
  const faults = ["deploy prg-svm-esx-02=fails:StartSvm"];
  const running = expect.objectContaining({ name: "prg-svm-esx-01", running: true });

  await expect(deployStack(prague, { ...PRAGUE, faults })).rejects.toMatchObject({
    message: expect.stringMatching(/"prg-svm-esx-02".* at StartSvm/s),
    stackName: "prague",
    deployment: { server: { svms: expect.arrayContaining([running]) } },
  });
});
