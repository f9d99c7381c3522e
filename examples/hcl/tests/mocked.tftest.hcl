# The configuration without an Integration Server: `terraform test`. What is not pinned here is made up by Terraform.

mock_provider "ksvla" {
  # Maps are empty, so that every look-up by name would fail.
  mock_data "ksvla_host" {
    defaults = {
      network_ids = { Servers = "network-1" }
      storage_ids = { ds1 = "storage-1" }
    }
  }

  # Texts are eight random letters.
  mock_resource "ksvla_trusted_certificate" {
    defaults = {
      accepted   = true
      thumbprint = "0123456789ABCDEF0123456789ABCDEF01234567"
    }
  }
  mock_resource "ksvla_infrastructure" {
    defaults = {
      id     = "infrastructure-1"
      status = "CONNECTED"
    }
  }
  mock_resource "ksvla_svm_image" {
    defaults = {
      svm_version = "6.2.0.1000"
      verified    = true
      verify      = true
    }
  }

  # The provider's own defaults are not known either: numbers are 0, and truth values false.
  mock_resource "ksvla_svm" {
    defaults = {
      ip_address   = "192.0.2.7"
      localization = "en"
      state        = "Enabled"
      svm_version  = "6.2.0.1000"
      ksc = {
        port     = 14000
        ssl_port = 13000
      }
    }
  }
}

variables {
  vcenter_password  = "Some-Passw0rd"
  klconfig_password = "Some-Passw0rd"
}

run "an_svm_on_each_host" {
  assert {
    condition     = toset(keys(ksvla_svm.each)) == toset(["esx-01", "esx-02"])
    error_message = "There has to be an SVM on each of the two hosts."
  }
  assert {
    condition     = ksvla_svm.each["esx-01"].host.storage_id == "storage-1"
    error_message = "Disks belong on ds1."
  }
  assert {
    condition     = ksvla_svm.each["esx-01"].ksc.port == 14000
    error_message = "SVMs have to reach Kaspersky Security Center on its usual port."
  }
  assert {
    condition     = output.vcenter_status == "CONNECTED"
    error_message = "The output has to be the connection's status."
  }
}
