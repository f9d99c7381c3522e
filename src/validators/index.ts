/** Checks that schemas use; they run at synth and in Terraform's validate. */
export {
  type Address,
  formatAddress,
  hostAddress,
  parseAddress,
  sameAddress,
  serverAddress,
  withPort,
} from "./address";
export { positiveInteger } from "./number";
export { passwordNotEmpty, productPassword } from "./password";
export { hasCertificate, isPem, pemOrPath } from "./pem";
export { notEmpty } from "./text";
export { certificateThumbprint, sameThumbprint, trustedThumbprint } from "./thumbprint";
