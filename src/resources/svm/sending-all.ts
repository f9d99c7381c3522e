/** All settings of an SVM that is taken over, as if it had been deployed with them. */
import type { VirtualMachine } from "../../integration-server";
import type { CreateRequest } from "../../terraform";
import type { Client } from "../shared/client";
import type { Changes } from "./changes";
import { primaryAddress } from "./networks";
import { currentPassword } from "./passwords";
import { logged } from "./progress";
import { reconfigurationOf } from "./requests";
import type { SvmAttributes } from "./schema";

/** SVM management, "Reconfiguring deployed SVMs". Returns the address that the SVM has then. */
export async function sendAll(
  vm: VirtualMachine,
  { client, config, plan, log, signal }: CreateRequest<SvmAttributes, Client>,
): Promise<string | null> {
  const { klconfig } = config;
  const hasNewPassword = klconfig !== null && klconfig.currentPasswordWo !== null;
  const changes: Changes = {
    ksc: plan.ksc !== null,
    dns: plan.dns !== null,
    rootSsh: plan.root !== null,
    rootPassword: config.root?.passwordWo != null,
    klconfigPassword: hasNewPassword,
    networks: true,
  };
  const password = currentPassword(plan, klconfig, hasNewPassword);
  let ipAddress = primaryAddress(plan) ?? null;
  const options = logged(
    "Reconfiguring",
    plan,
    { log, signal },
    {
      onSubtask: (subtask) => {
        ipAddress = subtask.ipAddress ?? ipAddress;
      },
    },
  );
  await client.server.svms.reconfigure(reconfigurationOf(config, plan, { vm, changes, password }), options);
  return ipAddress;
}
