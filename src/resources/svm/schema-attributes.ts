/** The attributes of an SVM, in the order: required, optional, computed. */
import { bool, computed, list, nested, nestedList, optional, required, string, timeouts } from "../../terraform/schema";
import { notEmpty, oneLine } from "../../validators";
import { hostPlacement, openstackPlacement } from "./schema-placement";
import { dnsSettings, klconfigAccount, kscSettings, rootAccount } from "./schema-settings";

export const svmAttributes = {
  name: required(string(), {
    description:
      "The SVM's name in the infrastructure, unique on its hypervisor or in its project. Changing it replaces the SVM.",
    validate: [notEmpty, oneLine],
    requiresReplace: true,
  }),
  infrastructureId: required(string(), {
    description:
      "The id of the infrastructure's connection (`ksvla_infrastructure`). After a change, as when the connection was replaced, the same SVM is looked up under the new connection; nothing is deployed or removed.",
    ignoresCase: true,
    validate: [notEmpty],
  }),
  imageId: required(string(), {
    description: "The id of a registered SVM image (`ksvla_svm_image`). Changing it replaces the SVM.",
    ignoresCase: true,
    validate: [notEmpty],
    requiresReplace: true,
    unreadable: true,
  }),
  localization: optional(string(), {
    description:
      "The localization with which the image is registered in the infrastructure. It matters when the SVM is deployed; changing it later has no effect until then.",
    default: "en",
    validate: [notEmpty],
    unreadable: true,
  }),
  skipIntegrityCheck: optional(bool(), {
    description:
      "Whether to deploy without checking the image's authenticity first, as for an image that was verified when it was registered. It matters when the SVM is deployed; changing it later has no effect until then.",
    default: false,
    unreadable: true,
  }),
  onExisting: optional(string({ oneOf: ["refuse", "adopt"] }), {
    description:
      "What to do when an SVM of this name is there already and no state of this workspace has it: `refuse` says how to import it; `adopt` takes it over and sends it all settings, which needs the klconfig password that it has. Its version has to be the image's; its storage or flavor is taken on trust. What goes wrong leaves it out of the state. It matters when the SVM is created. Default: `refuse`.",
    unreadable: true,
  }),
  host: hostPlacement(),
  openstack: openstackPlacement(),
  ksc: kscSettings(),
  dns: dnsSettings(),
  root: rootAccount(),
  klconfig: klconfigAccount(),
  settingsVersion: optional(string(), {
    description:
      "Any text. Changing it, also from none, sends all settings to the SVM again: `ksc`, `dns`, `root` and the networks, as they are configured. That is for an SVM that was imported, or was changed by other means, as the API cannot read these settings back. Removing it changes nothing.",
    validate: [notEmpty],
  }),
  timeouts: timeouts({ create: "60m", update: "30m", delete: "30m" }),
  id: computed(string(), {
    description: "The SVM's id in the infrastructure. The import id is `<infrastructure id>/<SVM id>`.",
    useStateForUnknown: true,
  }),
  state: computed(string(), {
    description: "The state of the virtual machine, such as `Enabled`.",
    useStateForUnknown: true,
  }),
  svmVersion: computed(string(), {
    description: "The SVM's version, as the infrastructure reports it.",
    useStateForUnknown: true,
  }),
  ipAddress: computed(string(), {
    description:
      "The SVM's IP address: the fixed one of its primary network, or what its deployment or reconfiguration reported. No list of the API has it, so that after an import it is null until the configuration with a fixed one is applied, or a reconfiguration (as with `settings_version`) reports it.",
    useStateForUnknown: true,
  }),
  networkAdapters: computed(
    nestedList({
      id: computed(string(), { description: "The id of the network that the adapter is attached to." }),
      name: computed(string(), { description: "The network's name." }),
      securityGroupIds: computed(list(string()), {
        description: "The ids of the adapter's security groups. Empty for other than OpenStack infrastructures.",
      }),
    }),
    {
      description: "The SVM's network adapters, as the infrastructure reports them.",
      useStateForUnknown: true,
    },
  ),
  runningOn: computed(
    nested({
      id: computed(string(), { description: "Its id." }),
      name: computed(string(), { description: "Its name. Null where the infrastructure does not list it." }),
    }),
    {
      description:
        "The hypervisor or OpenStack project that the infrastructure shows the SVM on. It may be another one than `host.id` or `openstack.project_id`: machines move, which replaces nothing.",
      useStateForUnknown: true,
    },
  ),
  taskId: computed(string(), {
    description: "The id of the task that deployed the SVM. Null for an imported one.",
    useStateForUnknown: true,
  }),
};
