variable "openstack_password" {
  type      = string
  sensitive = true
}

data "ksvla_openstack_connection_test" "keystone" {
  type    = "OPENSTACK"
  address = "keystone.example.com:5000"

  openstack = {
    protocol = "https"
  }

  admin = {
    domain   = "Default"
    name     = "svm-admin"
    password = var.openstack_password
  }
}

output "unreachable_services" {
  value = [
    for service in data.ksvla_openstack_connection_test.keystone.microservices :
    "${service.service} at ${service.address}: ${service.error}" if service.status != "CONNECTED"
  ]
}
