/**
 * Sets Jest up, as one of its `setupFilesAfterEnv`: `expect` has our matchers, and no deployment outlives its test. With types
 * for the globals of `@types/jest`.
 */
import { afterAll, afterEach, expect } from "@jest/globals";
import { type KsvlaMatchers, matchers } from "./matchers";
import { endDeployments } from "./running";

declare global {
  namespace jest {
    // As @types/jest has it, since all declarations of an interface have to agree on its parameters.
    // biome-ignore lint/complexity/noBannedTypes: see above
    interface Matchers<R, T = {}> extends KsvlaMatchers<R> {}
  }
}

expect.extend(matchers);
// Jest calls this after no concurrent test, which would end the deployments of others.
afterEach(endDeployments);
afterAll(endDeployments);
