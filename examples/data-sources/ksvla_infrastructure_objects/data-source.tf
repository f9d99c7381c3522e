data "ksvla_infrastructure_objects" "svms" {
  infrastructure_id = "0f6c1c3e-8a52-4d1b-9a57-2f4f0c1e6b7d"
  types             = ["Host", "SVM"]
}

output "svm_names" {
  value = [for vm in data.ksvla_infrastructure_objects.svms.vms : vm.name]
}
