variable "vcenter_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "ksvla_trusted_certificate" "vcenter" {
  address = "vcenter.example.com:443"
}

resource "ksvla_infrastructure" "vcenter" {
  type    = "VMWARE"
  address = "vcenter.example.com"

  admin = {
    name                = "svm-admin@vsphere.local"
    password_wo         = var.vcenter_password
    password_wo_version = "1" # raise it when the password has changed
  }

  # The Integration Server connects to what it trusts only.
  depends_on = [ksvla_trusted_certificate.vcenter]
}

# OpenStack: accounts belong to a domain, and Keystone's protocol has to be known.
variable "openstack_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

resource "ksvla_infrastructure" "openstack" {
  type    = "OPENSTACK"
  address = "keystone.example.com:5000"

  openstack = {
    protocol = "https"
    region   = "RegionOne"
  }

  admin = {
    domain      = "Default"
    name        = "svm-admin"
    password_wo = var.openstack_password
  }

  timeouts = {
    create = "20m"
  }
}
