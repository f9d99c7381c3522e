# The id is the one that the Integration Server gave the infrastructure.
terraform import ksvla_infrastructure.vcenter 0f6c1c3e-8a52-4d1b-9a57-2f4f0c1e6b7d
