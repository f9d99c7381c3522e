variable "openstack_password" {
  type      = string
  ephemeral = true
}

ephemeral "ksvla_openstack_connection_test" "keystone" {
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

  lifecycle {
    postcondition {
      condition     = self.connected
      error_message = "The Integration Server cannot connect to OpenStack."
    }
  }
}
