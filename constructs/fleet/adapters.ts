/** The addresses of SVMs that are fixed. */
import type { AttributePath } from "../../src/terraform/schema";
import { resolveText } from "../schema/resolve";
import { knownElements, knownRecords } from "./lists";
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
  const onHost = knownRecords(host?.networks ?? []).flatMap(([index, { vlanId, static: fixed }]) =>
    fixed === undefined
      ? []
      : {
          path: ["networks", index, "static"],
          property: "address",
          addresses: [resolved(fixed.address)],
          network: vlanId,
        },
  );
  const inProject = knownRecords(openstack?.networks ?? []).flatMap(([index, { id, ports }]) =>
    knownRecords(ports).flatMap(([port, { static: fixed }]) =>
      fixed === undefined
        ? []
        : {
            path: ["networks", index, "ports", port, "static"],
            property: "addresses",
            addresses: knownElements(fixed.addresses ?? []).map(resolved),
            network: resolved(id),
          },
    ),
  );
  return [...onHost, ...inProject];
}
