/** What every write-only password, and every version of one, says about itself. */

export const WRITE_ONLY = "Write-only: never stored in plan or state. Needs Terraform or OpenTofu 1.11 or later.";

export const PASSWORD_VERSION =
  "Any text that you change when the password changes, such as a date or a secret's version: Terraform cannot see a changed `password_wo` by itself.";
