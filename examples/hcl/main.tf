# Connects the Integration Server to a vSphere infrastructure and deploys an SVM on each of two hypervisors.
#
#   npx cdktf-ksvla install
#   export KSVLA_ADDRESS=viis.example.com KSVLA_PASSWORD=… KSVLA_THUMBPRINT=…
#   export TF_VAR_vcenter_password=… TF_VAR_klconfig_password=…
#   terraform init && terraform apply
#
# Its names are those of the simulator's world, so it also works with `npx cdktf-ksvla simulator`.

terraform {
  required_version = ">= 1.11"
  required_providers {
    ksvla = {
      source = "terraform.local/ksvla/ksvla"
    }
  }
}

# Where the Integration Server is and how to sign in comes from the environment.
provider "ksvla" {}

# Ephemeral: the values reach neither plan nor state.
variable "vcenter_password" {
  type      = string
  ephemeral = true
}

variable "klconfig_password" {
  type      = string
  ephemeral = true
}

variable "ksc_address" {
  type    = string
  default = "ksc.example.test"
}

# Without a thumbprint, the certificate that is presented at the first apply is trusted.
resource "ksvla_trusted_certificate" "vcenter" {
  address = "vcenter.example.test"
}

resource "ksvla_infrastructure" "vcenter" {
  type    = "VMWARE"
  address = "vcenter.example.test"

  admin = {
    name                = "admin"
    password_wo         = var.vcenter_password
    password_wo_version = "1"
  }

  depends_on = [ksvla_trusted_certificate.vcenter]
}

resource "ksvla_svm_image" "current" {
  manifest_path        = "/opt/svm/svm-6.2.xml"
  infrastructure_types = ["VMWARE"]
}

data "ksvla_host" "each" {
  for_each          = toset(["esx-01", "esx-02"])
  infrastructure_id = ksvla_infrastructure.vcenter.id
  name              = each.key
}

# All of them with one request. Another address of Kaspersky Security Center reconfigures them in place.
resource "ksvla_svm" "each" {
  for_each          = data.ksvla_host.each
  name              = "svm-on-${each.key}"
  infrastructure_id = ksvla_infrastructure.vcenter.id
  image_id          = ksvla_svm_image.current.id

  host = {
    id         = each.value.id
    storage_id = each.value.storage_ids["ds1"]
    networks   = [{ id = each.value.network_ids["Servers"] }]
  }

  ksc = {
    address = var.ksc_address
  }

  root = {
    allow_ssh = false
  }

  klconfig = {
    password_wo         = var.klconfig_password
    password_wo_version = "1"
  }
}

output "vcenter_status" {
  value = ksvla_infrastructure.vcenter.status
}

output "svm_ids" {
  value = { for host, svm in ksvla_svm.each : host => svm.id }
}
