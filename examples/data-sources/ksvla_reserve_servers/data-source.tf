data "ksvla_reserve_servers" "all" {}

output "reserve_server_status" {
  value = { for server in data.ksvla_reserve_servers.all.reserve_servers : server.address => server.status }
}
