/**
 * A company's own construct on top of ours (protected-site.ts), used for two sites. Each site is a stack, so it has a
 * state of its own and is deployed by itself.
 *
 *   export KSVLA_ADDRESS=viis.example.com KSVLA_PASSWORD=… KSVLA_THUMBPRINT=…
 *   export TF_VAR_PRG_PASSWORD=… TF_VAR_BRQ_PASSWORD=… TF_VAR_KLCONFIG_PASSWORD=…
 *   npx cdktf diff prague
 *   npx cdktf deploy prague brno
 *   npx cdktf destroy prague brno
 *
 * Names and thumbprints are those of the simulator's world, so it also runs without an Integration Server.
 */
import { App } from "cdktf";
import { SiteStack } from "./site-stack";

const app = new App();

new SiteStack(app, "prague", {
  code: "prg",
  platform: "vsphere",
  address: "vcenter.example.test",
  thumbprints: { thumbprint: "BCD1B5A9F29709ABA82372FAA2693FE154FC05B6" },
  hosts: ["esx-01", "esx-02"],
});

new SiteStack(app, "brno", {
  code: "brq",
  platform: "proxmox",
  address: "proxmox.example.test",
  thumbprints: {
    thumbprint: "3F710E19CE5ABE9E71E120EB9A211B095C096FA6",
    sshThumbprint: "3887B57E65F1ED0D72B6021955D9FFA30BA6F912",
  },
  hosts: ["proxmox-01"],
});

app.synth();
