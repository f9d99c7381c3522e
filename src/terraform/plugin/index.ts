/** The process side of a Terraform provider. */
export { type ServeOptions, serve } from "./serve";
