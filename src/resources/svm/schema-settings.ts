/** What is set inside an SVM: Kaspersky Security Center, name servers and accounts. All of it changes in place. */
import { bool, nested, number, optional, required, string } from "../../terraform/schema";
import { hostName, ipv4Address, notEmpty, portNumber, productPassword } from "../../validators";
import { PASSWORD_VERSION, WRITE_ONLY } from "../shared/schema/passwords";

const ALPHABET = "At most 60 Latin letters, digits and ASCII special characters.";

/** A schema cannot require it: see `deployment-settings.ts`. */
const NEEDED = "Required when the SVM is deployed, optional for one that is imported.";

const passwordVersion = (effect: string) =>
  optional(string(), {
    description: `${PASSWORD_VERSION} ${effect} Setting it for the first time or removing it changes nothing.`,
    unreadable: true,
  });

/** `ksc = { … }` */
export const kscSettings = () =>
  optional(
    nested({
      address: required(string(), {
        description: "The host name or IPv4 address of the Administration Server.",
        validate: [hostName],
      }),
      port: optional(number(), { description: "The port for connections.", default: 14_000, validate: [portNumber] }),
      sslPort: optional(number(), {
        description: "The port for connections with an SSL certificate.",
        default: 13_000,
        validate: [portNumber],
      }),
      language: optional(string(), {
        description: "The localization of Kaspersky Security Center, such as `en`. Default: the SVM decides.",
        validate: [notEmpty],
      }),
    }),
    {
      description: `The Kaspersky Security Center Administration Server that the SVM connects to. ${NEEDED} Changing it reconfigures the SVM; removing it leaves the SVM as it is.`,
    },
  );

/** `dns = { … }` */
export const dnsSettings = () =>
  optional(
    nested({
      main: required(string(), { description: "The name server's IPv4 address.", validate: [ipv4Address] }),
      alternative: optional(string(), {
        description: "The alternative name server's IPv4 address. Default: none.",
        validate: [ipv4Address],
      }),
    }),
    {
      description:
        "The SVM's name servers. Required where a network has `static` settings. Changing it reconfigures the SVM; removing it leaves the SVM as it is. Default: what DHCP says.",
    },
  );

/** `root = { … }` */
export const rootAccount = () =>
  optional(
    nested({
      allowSsh: optional(bool(), {
        description: "Whether root may sign in remotely through SSH. Changing it reconfigures the SVM.",
        default: false,
      }),
      passwordWo: optional(string(), {
        description: `The password of root. ${ALPHABET} ${WRITE_ONLY}`,
        validate: [productPassword],
        sensitive: true,
        writeOnly: true,
      }),
      passwordWoVersion: passwordVersion("Another value sets the password on the SVM."),
    }),
    { description: `The root account of the SVM. ${NEEDED} Removing it leaves the SVM as it is.` },
  );

/** `klconfig = { … }` */
export const klconfigAccount = () =>
  optional(
    nested({
      passwordWo: required(string(), {
        description: `The configuration password, which every change of an SVM's settings needs. ${ALPHABET} ${WRITE_ONLY}`,
        validate: [productPassword],
        sensitive: true,
        writeOnly: true,
      }),
      passwordWoVersion: passwordVersion("Another value sets the password on the SVM and needs `current_password_wo`."),
      currentPasswordWo: optional(string(), {
        description: `The configuration password that the SVM has until now; needed, and used, only when \`password_wo_version\` changes. ${WRITE_ONLY}`,
        validate: [productPassword],
        sensitive: true,
        writeOnly: true,
      }),
    }),
    {
      description: `The klconfig account, with which SVMs are configured. ${NEEDED} Without it, the SVM cannot be changed in place. Adding it to an SVM that exists tells the password and changes nothing.`,
      unreadable: true,
    },
  );
