terraform {
  required_version = ">= 1.11"
  required_providers {
    ksvla = {
      source = "terraform.local/ksvla/ksvla"
    }
  }
}

variable "ksvla_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

provider "ksvla" {
  address    = "viis.example.com"
  password   = var.ksvla_password
  thumbprint = "5E:C4:0D:2A:91:7B:33:68:F0:1C:AA:42:7D:09:B6:E5:8F:13:60:D7"
}
