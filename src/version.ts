/** The version of the package, which is also the provider's. `package.json` is the only place that states it. */
export { version as VERSION } from "../package.json";
