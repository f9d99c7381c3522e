/** What the provider is called in Terraform; `terraform.local` is no registry, so nothing is ever downloaded for it. */
export const PROVIDER_SOURCE = "terraform.local/ksvla/ksvla";
export const PROVIDER_NAME = "ksvla";
