variable "klconfig_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "root_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "infrastructure_id" {
  type = string
}

variable "openstack_id" {
  type = string
}

variable "image_id" {
  type = string
}

# A fleet: one SVM on each of several hypervisors, deployed with one request.
data "ksvla_host" "each" {
  for_each          = toset(["esx-01", "esx-02"])
  infrastructure_id = var.infrastructure_id
  name              = each.key
}

resource "ksvla_svm" "each" {
  for_each          = data.ksvla_host.each
  name              = "svm-${each.key}"
  infrastructure_id = var.infrastructure_id
  image_id          = var.image_id

  host = {
    id         = each.value.id
    storage_id = each.value.storage_ids["ds1"]
    networks   = [{ id = each.value.network_ids["Servers"] }]
  }

  ksc = {
    address = "ksc.example.com"
  }

  root = {
    allow_ssh = false
  }

  klconfig = {
    password_wo         = var.klconfig_password
    password_wo_version = "1"
  }
}

# Two networks, a fixed address in one of them, and root by SSH.
resource "ksvla_svm" "fixed" {
  name              = "svm-fixed"
  infrastructure_id = var.infrastructure_id
  image_id          = var.image_id

  host = {
    id         = data.ksvla_host.each["esx-01"].id
    storage_id = data.ksvla_host.each["esx-01"].storage_ids["ds1"]
    networks = [
      {
        id      = data.ksvla_host.each["esx-01"].network_ids["Servers"]
        primary = true
        static = {
          address = "10.0.0.10"
          mask    = "255.255.255.0"
          gateway = "10.0.0.1"
        }
      },
      { id = data.ksvla_host.each["esx-01"].network_ids["Management"] },
    ]
  }

  dns = {
    main        = "10.0.0.2"
    alternative = "10.0.0.3"
  }

  ksc = {
    address  = "ksc.example.com"
    port     = 14000
    ssl_port = 13000
    language = "en"
  }

  root = {
    allow_ssh           = true
    password_wo         = var.root_password
    password_wo_version = "1"
  }

  klconfig = {
    password_wo = var.klconfig_password
  }

  timeouts = {
    create = "2h"
  }
}

# In an OpenStack project.
data "ksvla_openstack_project" "security" {
  infrastructure_id = var.openstack_id
  name              = "security"
  domain            = "Default"
}

resource "ksvla_svm" "in_project" {
  name              = "svm-security"
  infrastructure_id = var.openstack_id
  image_id          = var.image_id

  openstack = {
    project_id        = data.ksvla_openstack_project.security.id
    flavor_id         = data.ksvla_openstack_project.security.flavor_ids["svm.medium"]
    availability_zone = "nova"
    networks = [{
      id = data.ksvla_openstack_project.security.network_ids["Servers"]
      ports = [{
        port_security_enabled = true
        security_group_ids    = [data.ksvla_openstack_project.security.security_group_ids["svm"]]
      }]
    }]
  }

  ksc = {
    address = "ksc.example.com"
  }

  root = {
    allow_ssh = false
  }

  klconfig = {
    password_wo = var.klconfig_password
  }
}
