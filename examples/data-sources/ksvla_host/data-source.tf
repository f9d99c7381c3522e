data "ksvla_host" "esx_01" {
  infrastructure_id = "0f6c1c3e-8a52-4d1b-9a57-2f4f0c1e6b7d"
  name              = "esx-01"
  require           = { networks = ["Servers"], storages = ["ds1"] }
}

output "placement" {
  value = {
    host_id    = data.ksvla_host.esx_01.id
    network_id = data.ksvla_host.esx_01.network_ids["Servers"]
    storage_id = data.ksvla_host.esx_01.storage_ids["ds1"]
  }
}
