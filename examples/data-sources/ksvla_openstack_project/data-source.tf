data "ksvla_openstack_project" "security" {
  infrastructure_id = "7b0d4f5a-3c1e-4f86-8d29-51f7c8e2a0b4"
  domain            = "Default"
  name              = "security"
}

output "flavor_id" {
  value = data.ksvla_openstack_project.security.flavor_ids["svm.medium"]
}
