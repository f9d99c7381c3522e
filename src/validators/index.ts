/** Checks that schemas use; they run at synth and in Terraform's validate. */
export { hostAddress, sameAddress, serverAddress } from "./address";
export { positiveInteger } from "./number";
export { passwordNotEmpty, productPassword } from "./password";
export { hasCertificate, isPem, pemOrPath } from "./pem";
export { notEmpty } from "./text";
export { certificateThumbprint, sameThumbprint, trustedThumbprint } from "./thumbprint";
