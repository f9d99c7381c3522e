# On the Integration Server that is to be the primary one of the cluster.
resource "ksvla_server_role" "primary" {
  role = "Primary"
}
