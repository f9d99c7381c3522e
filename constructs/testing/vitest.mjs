/**
 * Sets Vitest up, as one of its `setupFiles`: `expect` has our matchers, and no deployment outlives its test. Vitest can be
 * imported by ES modules only, so this is one.
 */
import { afterAll, afterEach, expect } from "vitest";
import { matchers } from "./matchers.js";
import { endDeployments } from "./running.js";

expect.extend(matchers);
// After a concurrent test, it would end the deployments of others.
afterEach(({ task }) => (task.concurrent ? undefined : endDeployments()));
afterAll(endDeployments);
