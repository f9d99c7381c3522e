/** Which SVMs `terraform query` looks for. */
import { type Input, optional, type Problem, required, schema, string, timeouts } from "../../terraform/schema";
import { notEmpty } from "../../validators";

const attributes = {
  infrastructureId: required(string(), {
    description: "The id of a connected infrastructure (`ksvla_infrastructure`).",
    validate: [notEmpty],
  }),
  hostId: optional(string(), {
    description: "Only the SVMs on the hypervisor with this id. Default: those of the whole infrastructure.",
    validate: [notEmpty],
  }),
  projectId: optional(string(), {
    description: "Only the SVMs in the OpenStack project with this id. Default: those of the whole infrastructure.",
    validate: [notEmpty],
  }),
  timeouts: timeouts({ read: "5m" }),
};

function* placeProblems({ hostId, projectId }: Input<typeof attributes>): Iterable<Problem> {
  if (hostId === null || projectId === null) return;
  yield {
    path: ["projectId"],
    message: "An infrastructure has either hypervisors or projects: set host_id or project_id, not both.",
  };
}

export const svmListSchema = schema({
  description:
    "The SVMs that an infrastructure has, deployed by whomever. Each can be imported; the configuration that Terraform writes for it is complete but for secrets.",
  attributes,
  rules: [placeProblems],
});
