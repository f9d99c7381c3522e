import type { KsvlaMatchers } from "./matchers.js";

declare module "vitest" {
  // As Vitest has it, since all declarations of an interface have to agree on its parameters.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  interface Assertion<T = any> extends KsvlaMatchers<void> {}
}
