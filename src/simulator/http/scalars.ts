import { isIPv4 } from "node:net";
import { badRequest } from "./api-error";
import { type Check, describe, text } from "./shape";

/** A number that the documents show in quotes. */
export function quotedInteger(least: number, most: number): Check<number> {
  return (value, path) => {
    const number = typeof value === "string" && /^(0|[1-9]\d*)$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= least && number <= most)) {
      throw badRequest(`${path} must be a number from ${least} to ${most} as a string, got: ${describe(value)}.`);
    }
    return number;
  };
}

export const quotedPort = quotedInteger(1, 65535);

/** A truth value that the documents show in quotes. */
export const quotedBoolean: Check<boolean> = (value, path) => {
  if (value !== "true" && value !== "false") {
    throw badRequest(`${path} must be "true" or "false", as a string, got: ${describe(value)}.`);
  }
  return value === "true";
};

export const ipv4Address: Check<string> = (value, path) => {
  const address = text(value, path);
  if (!isIPv4(address)) {
    throw badRequest(`${path} must be an IPv4 address, got: "${address}".`);
  }
  return address;
};

/** Such as 255.255.255.0: ones, then zeros. */
export const subnetMask: Check<string> = (value, path) => {
  const mask = ipv4Address(value, path);
  const bits = mask
    .split(".")
    .map((octet) => Number(octet).toString(2).padStart(8, "0"))
    .join("");
  if (!/^1+0*$/.test(bits)) {
    throw badRequest(`${path} must be a subnet mask such as 255.255.255.0, got: "${mask}".`);
  }
  return mask;
};
