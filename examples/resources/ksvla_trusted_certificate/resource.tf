# A certificate whose thumbprint is known: anything else is refused.
resource "ksvla_trusted_certificate" "vcenter" {
  address    = "vcenter.example.com:443"
  thumbprint = "A1:7F:5D:90:0B:C2:44:38:E6:71:DD:25:93:0E:FA:6C:58:B7:12:4A"
}

# Proxmox VE needs its certificate and its SSH key.
resource "ksvla_trusted_certificate" "proxmox" {
  for_each = { https = 8006, ssh = 22 }

  address  = "proxmox.example.com:${each.value}"
  protocol = each.key
}
