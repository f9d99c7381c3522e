variable "reserve_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "ksvla_server_role" "primary" {
  role = "Primary"
}

resource "ksvla_trusted_certificate" "reserve" {
  address = "viis-reserve.example.com:7271"
}

resource "ksvla_reserve_server" "reserve" {
  address             = "viis-reserve.example.com"
  password_wo         = var.reserve_password
  password_wo_version = "1" # raise it when the password has changed

  # Only the primary server takes a reserve server, and connects to what it trusts only.
  depends_on = [ksvla_server_role.primary, ksvla_trusted_certificate.reserve]
}
