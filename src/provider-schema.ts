/** What a provider's configuration consists of. The constructs read it, too, so it needs nothing but the schema language. */
import { bool, duration, number, optional, schema, string } from "./terraform/schema";
import {
  certificateThumbprint,
  notEmpty,
  pemOrPath,
  positiveInteger,
  productPassword,
  serverAddress,
} from "./validators";

export const providerSchema = schema({
  description:
    "Kaspersky Security for Virtualization Light Agent, through the REST API of an Integration Server. What the configuration leaves out is taken from the environment.",
  attributes: {
    address: optional(string(), {
      description:
        "Where the Integration Server listens: a host, host:port or https URL, such as `viis.example.com`. Default port: 7271. Environment: `KSVLA_ADDRESS`. Needed one way or the other.",
      validate: [serverAddress],
    }),
    username: optional(string(), {
      description: "The Integration Server's administrator. Environment: `KSVLA_USERNAME`. Default: `admin`.",
      validate: [notEmpty],
    }),
    password: optional(string(), {
      description:
        "The administrator's password: at most 60 Latin letters, digits and ASCII special characters. Environment: `KSVLA_PASSWORD`. Needed one way or the other.",
      sensitive: true,
      validate: [productPassword],
    }),
    caCertificate: optional(string(), {
      description:
        "The authority that the Integration Server's certificate is verified against, as PEM text or the path of a PEM file. Environment: `KSVLA_CA_CERTIFICATE`. Default: the system's authorities.",
      validate: [pemOrPath],
    }),
    thumbprint: optional(string(), {
      description:
        "The SHA-1 or SHA-256 thumbprint that the Integration Server's certificate has to have, instead of an authority that vouches for it. Hexadecimal digits with or without colons. Environment: `KSVLA_THUMBPRINT`.",
      validate: [certificateThumbprint],
    }),
    insecure: optional(bool(), {
      description:
        "Sends the password to whatever server answers, without verifying its certificate. For experiments only: a `thumbprint` is as easy and safe. Environment: `KSVLA_INSECURE` (`true` or `false`). Default: false.",
    }),
    requestTimeout: optional(string(), {
      description:
        'How long a single request may take, as a duration such as "30s"; what is in an infrastructure may take longer to list. Default: "30s".',
      validate: [duration],
    }),
    pollInterval: optional(string(), {
      description:
        'The longest pause between two looks at something that is in progress, as a duration such as "5s"; the first looks come faster. Default: "5s".',
      validate: [duration],
    }),
    svmConcurrency: optional(number(), {
      description:
        "How many SVMs the Integration Server deploys or reconfigures at the same time, over all of its tasks; removals go together. Terraform has no more of them at work than its own `-parallelism`, which is 10. Default: 10.",
      validate: [positiveInteger],
    }),
    journalDirectory: optional(string(), {
      description:
        "The folder in which the provider notes what it has begun, so that a run that was killed loses nothing: one folder for each state, kept between the runs of a pipeline. Relative paths start where Terraform runs. Environment: `KSVLA_JOURNAL_DIRECTORY`. Default: `ksvla` in Terraform's data directory (`TF_DATA_DIR`, else `.terraform`).",
      validate: [notEmpty],
    }),
  },
});
