/** Finds the SVMs that there are, for `terraform query`. */
import { listResource } from "../../terraform";
import type { Client } from "../shared/client";
import { lookUp, requireKind, type View } from "../shared/look-up";
import { isOpenstackType } from "../shared/schema/infrastructure-types";
import { warnOfUnidentified } from "../shared/unidentified";
import { importedState } from "./import";
import type { SvmAttributes } from "./schema";
import { svmListSchema } from "./schema-list";

export const svmList = listResource<Client, SvmAttributes>()({
  schema: svmListSchema,

  async *list(request) {
    const { infrastructureId, hostId, projectId } = request.config;
    const query = { types: ["SVM"], detailed: true, parentId: hostId ?? projectId ?? undefined } as const;
    const { infrastructure, vms, unidentified } = await lookUp(
      { infrastructureId, refresh: false },
      request,
      async (view) => {
        requirePlaces(view, hostId !== null, projectId !== null);
        return { found: { ...(await view.objects(query)), infrastructure: view.infrastructure } };
      },
    );
    warnOfUnidentified(request.client.server.names.infrastructure(infrastructureId), unidentified, request);
    for (const vm of vms) {
      const state = await importedState(infrastructure, vm, request);
      const place = state?.runningOn?.name;
      if (state !== undefined) yield { displayName: place == null ? vm.name : `${vm.name} on ${place}`, state };
    }
  },
});

function requirePlaces({ infrastructure }: View, byHost: boolean, byProject: boolean): void {
  const openstack = isOpenstackType(infrastructure.type);
  requireKind(infrastructure, !(openstack && byHost), "hypervisors", "project_id");
  requireKind(infrastructure, openstack || !byProject, "OpenStack projects", "host_id");
}
