/** Checks that schemas use; they run at synth and in Terraform's validate. */
export { hostAddress, serverAddress } from "./address";
export { atLeastOne, eachText } from "./collection";
export { hostName } from "./host-name";
export { ipv4Address, subnetMask } from "./ipv4";
export { manifestPath } from "./manifest-path";
export { portNumber, positiveInteger, vlanNumber } from "./number";
export { passwordNotEmpty, productPassword } from "./password";
export { hasCertificate, isPem, pemOrPath } from "./pem";
export { notEmpty, oneLine } from "./text";
export { certificateThumbprint, sameThumbprint, trustedThumbprint } from "./thumbprint";
