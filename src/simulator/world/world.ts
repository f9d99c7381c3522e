import type { Clock } from "../clock";
import type { Habits } from "../habits";
import { TaskEngine } from "../tasks/task-engine";
import { type PresentedCertificate, sshHostKey, tlsCertificate } from "./certificates";
import { Cluster } from "./cluster";
import type { Identifiers } from "./identifiers";
import { defaultImageFiles, type ImageFile, type RegisteredImage } from "./images";
import type { Infrastructure } from "./infrastructure";
import type { Endpoint, HypervisorPlatform, OpenstackPlatform, Platform } from "./platforms";
import type { Renumbering } from "./renumbering";
import { Svms } from "./svms";

/** A certificate that the Integration Server was told to trust at an address. */
export interface TrustRule {
  /** `host:port`. */
  readonly address: string;
  readonly thumbprint: string;
}

/**
 * Everything there is: the simulated network with the platforms on it, and what the Integration Server knows. Tests change
 * it directly to do what happens behind Terraform's back; all properties of what it holds may be written.
 *
 * The Integration Server sees a platform as it was when it last looked: on connecting, on `refresh`, and by itself every
 * `updatePeriodSeconds`. Statuses and certificates are always looked at afresh.
 */
export class World {
  /** By host name, without port. */
  readonly platforms = new Map<string, Platform>();
  /** By `host:port`. */
  readonly endpoints = new Map<string, Endpoint>();
  readonly trustRules: TrustRule[] = [];
  /** The connections that were added, by id. */
  readonly infrastructures = new Map<string, Infrastructure>();
  /** How connections number what they show, by infrastructure id; nothing for one that shows the platform's own ids. */
  readonly renumberings = new Map<string, Renumbering>();
  /** The high-availability cluster that it may belong to. */
  readonly cluster = new Cluster();
  /** What lies on the disk of the Integration Server, by the path of the manifest. */
  readonly imageFiles = new Map<string, ImageFile>();
  /** The images that were registered, by id. */
  readonly images = new Map<string, RegisteredImage>();
  readonly svms = new Svms(this.platforms);
  readonly tasks: TaskEngine;
  readonly identifiers: Identifiers;
  readonly #rotations = new Map<string, number>();
  readonly #numbers = new Map<string, number>();

  constructor(
    clock: Clock,
    identifiers: Identifiers,
    readonly habits: Habits,
  ) {
    this.identifiers = identifiers;
    this.tasks = new TaskEngine(clock, identifiers);
    for (const file of defaultImageFiles) {
      this.imageFiles.set(file.manifestPath, { ...file });
    }
  }

  /** Counts the objects of a kind, so that each one's id can be derived from the seed. */
  nextNumber(kind: string): number {
    const number = (this.#numbers.get(kind) ?? 0) + 1;
    this.#numbers.set(kind, number);
    return number;
  }

  /** @throws if no hypervisor or management server is there */
  hypervisor(host: string): HypervisorPlatform {
    const platform = this.platforms.get(host);
    if (platform?.kind !== "hypervisor") {
      throw new RangeError(`The simulated network has no hypervisor at ${host}.`);
    }
    return platform;
  }

  /** @throws if no Keystone is there */
  openstack(host: string): OpenstackPlatform {
    const platform = this.platforms.get(host);
    if (platform?.kind !== "openstack") {
      throw new RangeError(`The simulated network has no Keystone at ${host}.`);
    }
    return platform;
  }

  /**
   * @param address `host:port`
   * @throws if nothing listens there
   */
  endpoint(address: string): Endpoint {
    const endpoint = this.endpoints.get(address);
    if (endpoint === undefined) {
      throw new RangeError(`Nothing listens on ${address} in the simulated network.`);
    }
    return endpoint;
  }

  /** Adds something that listens, with the first certificate of its address. */
  listen(address: string, protocol: Endpoint["protocol"]): Endpoint {
    const endpoint: Endpoint = { address, protocol };
    this.endpoints.set(address, endpoint);
    this.rotateCertificate(address);
    return endpoint;
  }

  /**
   * Gives an address a new certificate or SSH key, which nobody trusts yet.
   *
   * @param address `host:port`
   * @returns the new one; undefined for plain http
   */
  rotateCertificate(address: string): PresentedCertificate | undefined {
    const endpoint = this.endpoint(address);
    if (endpoint.protocol === "http") {
      return undefined;
    }
    const rotation = (this.#rotations.get(address) ?? 0) + 1;
    this.#rotations.set(address, rotation);
    const label = `${endpoint.protocol}://${address} ${rotation}`;
    const [host = address] = address.split(/:\d+$/);
    endpoint.certificate =
      endpoint.protocol === "ssh" ? sshHostKey(this.identifiers, label) : tlsCertificate(this.identifiers, host, label);
    return endpoint.certificate;
  }

  /** Trusts what the addresses present now, without a request. */
  trust(...addresses: readonly string[]): void {
    for (const address of addresses) {
      const thumbprint = this.endpoint(address).certificate?.thumbprint;
      if (thumbprint !== undefined) {
        this.trustRules.push({ address, thumbprint });
      }
    }
  }

  /** Whether a rule accepts what the address presents now. */
  isTrusted(address: string): boolean {
    const thumbprint = this.endpoints.get(address)?.certificate?.thumbprint;
    return this.trustRules.some((rule) => rule.address === address && rule.thumbprint === thumbprint);
  }
}
