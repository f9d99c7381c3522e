/** The tests of the constructs, over CDK Terrain in place of CDKTF, as the package's entries for it are built. */
import config from "../../jest.config.mjs";

/** @type {import("jest").Config} */
export default {
  ...config,
  rootDir: "../..",
  testMatch: ["**/test/constructs/**/*.test.ts", "**/test/e2e/testing.test.ts"],
  setupFiles: ["<rootDir>/test/matrix/support/target-versions.ts"],
  // What is about CDKTF alone.
  testPathIgnorePatterns: ["/hook/null-resource.test.ts$", "/constructs/kind.test.ts$"],
  moduleNameMapper: {
    ...config.moduleNameMapper,
    "^cdktf$": "<rootDir>/node_modules/cdktn",
    "^\\./null-resource$": "<rootDir>/constructs/hook/data-resource",
  },
};
