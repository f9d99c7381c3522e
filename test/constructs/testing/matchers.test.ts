import { matchers, type TestDeployment } from "../../../constructs/testing";
import "../../../constructs/testing/jest";

const SVM = {
  id: "1",
  name: "svm-esx-01",
  platform: "vc.site.test",
  place: "esx-01",
  running: true,
  version: "6.2.0.1000",
  networks: ["Servers"],
  ipAddress: "192.0.2.7",
  ksc: undefined,
  dns: undefined,
  allowsSsh: false,
  klconfigPassword: "Klconfig-Passw0rd",
  imageId: "image",
};
const DEPLOYMENT: TestDeployment = {
  state: {},
  server: {
    infrastructures: [
      {
        id: "infrastructure",
        type: "VMWARE",
        address: "vc.site.test",
        admin: "admin",
        readOnly: undefined,
        status: "CONNECTED",
        error: "NO_ERROR",
      },
    ],
    svms: [SVM, { ...SVM, id: "2", name: "twice" }, { ...SVM, id: "3", name: "twice" }],
    images: [],
    trusted: [{ address: "vc.site.test:443", thumbprint: "AB".repeat(20) }],
    role: "Standalone",
    reserveServers: [],
  },
  changes: [],
  warnings: [],
  requests: [],
};
const empty = { ...DEPLOYMENT, server: { ...DEPLOYMENT.server, svms: [], infrastructures: [], trusted: [] } };

test("what is there is found, by its name and by what it has", () => {
  expect(DEPLOYMENT).toHaveSvm("svm-esx-01");
  expect(DEPLOYMENT).toHaveSvm("svm-esx-01", {
    place: "esx-01",
    running: true,
    ipAddress: expect.stringMatching(/^192\./),
  });
  expect(DEPLOYMENT).toHaveInfrastructure("VC.site.test", { type: "VMWARE" });
  expect(DEPLOYMENT).toTrust("vc.site.test:443");
  expect(DEPLOYMENT).toTrust("vc.site.test:443", `${"ab:".repeat(19)}ab`);
  expect(DEPLOYMENT).toPlanNoChanges();
});

test("what is not there is not", () => {
  expect(DEPLOYMENT).not.toHaveSvm("svm-old");
  expect(DEPLOYMENT).not.toHaveSvm("svm-esx-01", { place: "esx-02" });
  expect(DEPLOYMENT).not.toHaveInfrastructure("vc.site.test", { status: "DISCONNECTED" });
  expect(DEPLOYMENT).not.toTrust("vc.site.test:8443");
  expect({
    ...DEPLOYMENT,
    changes: [{ stack: "site", address: "ksvla_svm.a", action: "create" }],
  }).not.toPlanNoChanges();
});

/** What a failing expectation says. */
function message(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("It did not fail.");
}

test.each<[string, () => void, string]>([
  [
    "an SVM that is missing",
    () => expect(DEPLOYMENT).toHaveSvm("svm-old"),
    `Expected the server to have the SVM svm-old.
It has:
  svm-esx-01 on esx-01, vc.site.test
  twice on esx-01, vc.site.test
  twice on esx-01, vc.site.test`,
  ],
  [
    "one that is there twice",
    () => expect(DEPLOYMENT).toHaveSvm("twice"),
    "Expected the server to have the SVM twice once.",
  ],
  [
    "one that is another",
    () => expect(DEPLOYMENT).toHaveSvm("svm-esx-01", { running: false, networks: ["Servers"] }),
    `Expected the SVM svm-esx-01 to be another.
Its:
  running is true, not false`,
  ],
  [
    "one that should not be there",
    () => expect(DEPLOYMENT).not.toHaveSvm("svm-esx-01", { running: true }),
    'Expected the server not to have the SVM svm-esx-01 with {"running":true}.',
  ],
  [
    "nothing at all",
    () => expect(empty).toHaveInfrastructure("vc.site.test"),
    "Expected the server to have the infrastructure vc.site.test.\nIt has nothing.",
  ],
  [
    "no trust",
    () => expect(empty).toTrust("vc.site.test:443"),
    "Expected the server to trust vc.site.test:443.\nIt trusts nothing.",
  ],
  [
    "changes",
    () =>
      expect({
        ...DEPLOYMENT,
        changes: [{ stack: "site", address: "ksvla_svm.a", action: "replace" }],
      }).toPlanNoChanges(),
    "Expected another deployment to change nothing.\nIt would:\n  replace ksvla_svm.a in site",
  ],
  [
    "a promise",
    () => expect(Promise.resolve(DEPLOYMENT)).toHaveSvm("svm-esx-01"),
    "toHaveSvm is for what deployStack returns, got: a promise. Is an await missing?",
  ],
])("%s is said in words", (_, expectation, words) => {
  expect(message(expectation)).toContain(words);
});

test("the matchers are those that the types promise", () => {
  expect(Object.keys(matchers)).toEqual(["toHaveSvm", "toHaveInfrastructure", "toTrust", "toPlanNoChanges"]);
});
