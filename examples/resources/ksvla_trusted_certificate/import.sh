# The id is the protocol, the host and the port.
terraform import ksvla_trusted_certificate.vcenter https://vcenter.example.com:443
