data "ksvla_certificate" "vcenter" {
  address = "vcenter.example.com:443"
}

output "vcenter_thumbprint" {
  value = data.ksvla_certificate.vcenter.thumbprint
}
