# The id is the one that the Integration Server gave the reserve server; the data source ksvla_reserve_servers tells it.
terraform import ksvla_reserve_server.reserve 5b0c8a52-1d7e-4a3c-9f10-6c2f4d1e0b7a
