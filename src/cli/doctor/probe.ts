/** How the server differs from its documents, or decides what they leave open. Documented questions, and one that is not. */
import { type IntegrationServer, OPENSTACK_TYPES } from "../../integration-server";
import { counted } from "../shared/counted";
import { oneLine } from "../shared/report";
import { type Finding, ok, problem, warning, worst } from "./check";

/** Of so many projects it is asked who is in them. */
const MOST_PROJECTS = 20;
/** What the provider takes for the period of a server that does not tell it. */
const ASSUMED_SECONDS = 10;

/** Each check by its name. Nothing in them is changed on the server. */
export const PROBES = {
  "state-spelling": stateSpelling,
  "list-delay": listDelay,
  "svm-parent": svmParent,
  "task-list": taskList,
} as const satisfies Record<string, (server: IntegrationServer, ids: readonly string[]) => Promise<Finding>>;

async function ofEach(ids: readonly string[], ask: (id: string) => Promise<Finding>): Promise<Finding> {
  const findings: Finding[] = [];
  for (const id of ids) {
    try {
      findings.push(await ask(id));
    } catch (error) {
      findings.push(problem(`The infrastructure ${id} cannot be asked about: ${oneLine(error)}`));
    }
  }
  return worst(findings);
}

async function stateSpelling({ peculiarities }: IntegrationServer, ids: readonly string[]): Promise<Finding> {
  return ofEach(ids, async (id) => {
    const { status, microservices } = await peculiarities.connection(id);
    if (status === undefined) return warning(`The infrastructure ${id} shows no state.`, REPORT);
    const lists = microservices === "inside" ? ", and lists microservices inside endpoints" : "";
    return status === status.toUpperCase()
      ? ok(`The infrastructure ${id} spells its state ${status}, as documented${lists}.`)
      : ok(
          `The infrastructure ${id} spells its state ${status}, unlike the documents, which the provider understands${lists}.`,
        );
  });
}

async function listDelay({ peculiarities }: IntegrationServer, ids: readonly string[]): Promise<Finding> {
  return ofEach(ids, async (id) => {
    const { updatePeriodSeconds: period } = await peculiarities.connection(id);
    if (period !== undefined && period > 0) {
      return ok(`The lists of the infrastructure ${id} may be ${period} s old: so often the server looks at it.`);
    }
    return ok(
      `The infrastructure ${id} does not tell how often the server looks at it, so the provider takes ${ASSUMED_SECONDS} s. The documents show it of connections with a read-only account.`,
    );
  });
}

async function svmParent({ infrastructures }: IntegrationServer, ids: readonly string[]): Promise<Finding> {
  return ofEach(ids, async (id) => {
    const { type } = await infrastructures.get(id);
    if (!OPENSTACK_TYPES.some((each) => each === type)) {
      const { locations, vms } = await infrastructures.objects(id, { types: ["Host", "SVM"] });
      const strays = vms.filter(({ parentId }) => !locations.some((host) => host.id === parentId));
      if (vms.length === 0) return ok(`The infrastructure ${id} has no SVM to look at.`);
      if (strays.length === 0)
        return ok(`The SVMs of the infrastructure ${id} have a hypervisor as parent, as documented.`);
      return warning(
        `Of the ${vms.length} SVMs of the infrastructure ${id}, ${strays.length} have a parent that is no listed hypervisor, such as ${strays[0]?.name}.`,
        REPORT,
      );
    }
    const { locations } = await infrastructures.objects(id, { types: ["OpenstackDomain", "OpenstackProject"] });
    const projects = locations.filter(({ parentId }) => locations.some((domain) => domain.id === parentId));
    for (const project of projects.slice(0, MOST_PROJECTS)) {
      const { vms } = await infrastructures.objects(id, { types: ["SVM"], parentId: project.id });
      const [svm] = vms;
      if (svm === undefined) continue;
      return svm.parentId === project.id
        ? ok(`The SVMs of the infrastructure ${id} have their project as parent, as the text of the documents has it.`)
        : ok(
            `The SVMs of the infrastructure ${id} have a hypervisor as parent, as the documents' sample has it; the provider asks by project.`,
          );
    }
    const { vms } = await infrastructures.objects(id, { types: ["SVM"] });
    const svms = vms.filter(({ isSvm }) => isSvm);
    const [first] = svms;
    if (first === undefined) return ok(`The infrastructure ${id} has no SVM to look at.`);
    if (projects.length > MOST_PROJECTS) {
      return ok(`The first ${MOST_PROJECTS} projects of the infrastructure ${id} have no SVM to look at.`);
    }
    return warning(
      `The infrastructure ${id} has ${counted(svms.length, "SVM")}, such as ${first.name}, and finds none when it is asked for a project's: the provider takes the only project that has an SVM's networks.`,
      REPORT,
    );
  });
}

async function taskList({ peculiarities }: IntegrationServer): Promise<Finding> {
  try {
    const versions = await peculiarities.taskLists();
    if (versions.length === 0) {
      return ok(
        "The server lists no tasks, as documented: of a run that was killed while an image was uploaded, only the journal knows.",
      );
    }
    return ok(
      `The server lists tasks in version ${versions.join(" and ")} of the API, so that killed runs are found by them, too.`,
    );
  } catch (error) {
    return problem(`The server cannot be asked for a list of tasks: ${oneLine(error)}`);
  }
}

const REPORT = "Please report it: ksvla doctor --probe --report doctor.md writes what an issue needs.";
