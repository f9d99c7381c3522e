/** The addresses of SVMs that are fixed. */
import type { AttributePath } from "../../src/terraform/schema";
import { resolveText } from "../schema/resolve";
import { knownElements } from "./lists";
import type { PlacedSvm } from "./placed-svm";

/** A network adapter with fixed addresses. */
export interface StaticAdapter {
  /** Where its addresses are set. */
  readonly path: AttributePath;
  readonly property: string;
  readonly addresses: readonly string[];
  /** What separates an address from an equal one elsewhere: a VLAN, or a network of a project. */
  readonly network: unknown;
}

export function staticAdapters(svm: PlacedSvm): readonly StaticAdapter[] {
  const { host, openstack } = svm.location;
  const resolved = (text: string) => resolveText(svm, text);
  const onHost = knownElements(host?.networks ?? []).flatMap(({ vlanId, static: fixed }, index) =>
    fixed === undefined
      ? []
      : {
          path: ["networks", index, "static"],
          property: "address",
          addresses: [resolved(fixed.address)],
          network: vlanId,
        },
  );
  const inProject = knownElements(openstack?.networks ?? []).flatMap(({ id, ports }, index) =>
    knownElements(ports).flatMap(({ static: fixed }, port) =>
      fixed === undefined
        ? []
        : {
            path: ["networks", index, "ports", port, "static"],
            property: "addresses",
            addresses: fixed.addresses.map(resolved),
            network: resolved(id),
          },
    ),
  );
  return [...onHost, ...inProject];
}
