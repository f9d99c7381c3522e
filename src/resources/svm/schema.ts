/** What an SVM consists of, as Terraform sees it. */
import { type Config, type Plan, type Planned, type State, schema } from "../../terraform/schema";
import { svmAttributes } from "./schema-attributes";
import {
  dnsProblems,
  passwordProblems,
  placementProblems,
  primaryProblems,
  securityGroupProblems,
} from "./schema-rules";

export const svmSchema = schema({
  description:
    "An SVM (security virtual machine) on a hypervisor or in an OpenStack project. Its networks, name servers, accounts and connection to Kaspersky Security Center change in place; another name, image, hypervisor, project or storage replaces it. SVMs that Terraform deploys, reconfigures or removes at the same time share one request and one task of the Integration Server. What the API cannot read back is kept as configured; network adapters that differ from `networks` are reconfigured.",
  attributes: svmAttributes,
  identity: { version: 0, attributes: ["infrastructureId", "id"] },
  rules: [placementProblems, primaryProblems, dnsProblems, securityGroupProblems, passwordProblems],
});

export type SvmAttributes = typeof svmAttributes;
export type SvmConfig = Config<SvmAttributes>;
export type SvmPlan = Plan<SvmAttributes>;
export type SvmPlanned = Planned<SvmAttributes>;
export type SvmState = State<SvmAttributes>;
