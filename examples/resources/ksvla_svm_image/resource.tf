resource "ksvla_svm_image" "current" {
  manifest_path        = "/opt/svm/6.2/manifest.xml" # on the Integration Server
  infrastructure_types = ["VMWARE", "PROXMOX"]
}

# Verified elsewhere already, and large.
resource "ksvla_svm_image" "unverified" {
  manifest_path        = "C:\\SVM\\6.2\\manifest.xml"
  infrastructure_types = ["HYPERV"]
  verify               = false
}
