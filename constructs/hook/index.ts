/** Commands around the life of any resource. An entry of its own: it alone needs `@cdktf/provider-null`. */
import "../kind/peer";

export { LifecycleHook } from "./lifecycle-hook";
export type { LifecycleHookProps } from "./props";
