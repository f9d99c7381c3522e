/** An app that uses the entry for life-cycle hooks; its stack is "hooked". */
export const HOOKED_APP = `
import { App, TerraformStack } from "cdktf";
import { KsvlaProvider, TrustedCertificate } from "cdktf-ksvla";
import { LifecycleHook, type LifecycleHookProps } from "cdktf-ksvla/lifecycle-hook";

const app = new App();
const stack = new TerraformStack(app, "hooked");
new KsvlaProvider(stack, "ksvla", { address: "viis.example.com" });
const resource = new TrustedCertificate(stack, "vcenter", { address: "vcenter.example.com" });
const props: LifecycleHookProps = { resource, afterCreate: 'echo "$DATA"', environment: { DATA: resource.data } };
new LifecycleHook(stack, "hook", props);
app.synth();
`;
