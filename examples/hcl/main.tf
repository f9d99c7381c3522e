# Connects the Integration Server to a vSphere infrastructure and looks up where an SVM could run.
#
#   npx ksvla install
#   export KSVLA_ADDRESS=viis.example.com KSVLA_PASSWORD=… KSVLA_THUMBPRINT=…
#   export TF_VAR_vcenter_password=…
#   terraform init && terraform apply
#
# Its names are those of the simulator's world, so it also works with `npx ksvla simulator`.

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

# Ephemeral: the value reaches neither plan nor state.
variable "vcenter_password" {
  type      = string
  ephemeral = true
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

data "ksvla_host" "esx_01" {
  infrastructure_id = ksvla_infrastructure.vcenter.id
  name              = "esx-01"
}

output "vcenter_status" {
  value = ksvla_infrastructure.vcenter.status
}

output "network_id" {
  value = data.ksvla_host.esx_01.network_ids["Servers"]
}

output "storage_id" {
  value = data.ksvla_host.esx_01.storage_ids["ds1"]
}
