data "ksvla_infrastructure" "vcenter" {
  id = "0f6c1c3e-8a52-4d1b-9a57-2f4f0c1e6b7d"
}

output "vcenter_status" {
  value = data.ksvla_infrastructure.vcenter.status
}
