# The id of the infrastructure's connection, and that of the SVM in it.
terraform import ksvla_svm.fixed 0f6c1c3e-8a52-4d1b-9a57-2f4f0c1e6b7d/vm-1042
