/** What goes together with the kind of an infrastructure, where somebody has said it. Checked at synth. */
import type { Problem } from "../../src/terraform/schema/schema";
import type { SvmProps } from "./props";

/** What the Integration Server would refuse, or not find, in an infrastructure of that kind. */
export function* kindProblems({ image, infrastructure, host, project }: SvmProps): Iterable<Problem> {
  const type = infrastructure?.infrastructureType;
  if (type?.info === undefined) return;
  const where = `${infrastructure.node.path} is of the type ${type.name}`;
  if (host !== undefined && type.info.openstack) {
    const message = `${where}, which has projects and no hypervisors. Set project and flavor in place of host and storage.`;
    yield { path: ["host"], message };
  }
  if (project !== undefined && !type.info.openstack) {
    const message = `${where}, which has hypervisors and no projects. Set host and storage in place of project and flavor.`;
    yield { path: ["project"], message };
  }
  const types = image?.supportedTypes;
  if (types === undefined || types.some(({ name }) => name === type.name)) return;
  yield {
    path: ["image"],
    message:
      `${where}, and ${image.node.path} is registered for ${types.join(", ") || "none"} only. Add the infrastructure to ` +
      "infrastructures of the SvmImage, or its type to infrastructureTypes.",
  };
}
