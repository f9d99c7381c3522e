import { availableParallelism } from "node:os";

/** Packages that ship ES modules only; Jest runs CommonJS, so they are compiled like our own files. */
const esmOnly = ["node-fetch", "data-uri-to-buffer", "fetch-blob", "formdata-polyfill"];

/** @type {import("jest").Config} */
export default {
  testEnvironment: "node",
  globalSetup: "<rootDir>/test/support/set-up.ts",
  globalTeardown: "<rootDir>/test/support/tear-down.ts",
  // Tests with the real Terraform wait more than they compute, so that there is room for one more than there are processors.
  maxWorkers: availableParallelism() + 1,
  // Ends what hangs, and says nothing about how long a test may take on a machine that has other things to do.
  testTimeout: 120_000,
  roots: ["<rootDir>/test", "<rootDir>/examples"],
  testMatch: ["**/*.test.ts"],
  moduleNameMapper: {
    "^cdktf-ksvla$": "<rootDir>/constructs",
    "^cdktf-ksvla/generated$": "<rootDir>/constructs/generated",
    "^cdktf-ksvla/lifecycle-hook$": "<rootDir>/constructs/hook",
    "^cdktf-ksvla/simulator$": "<rootDir>/src/simulator",
    "^cdktf-ksvla/testing$": "<rootDir>/constructs/testing",
    "^cdktf-ksvla/testing/jest$": "<rootDir>/constructs/testing/jest",
  },
  transform: {
    "^.+\\.[jt]s$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join("|")})/)`],
};
