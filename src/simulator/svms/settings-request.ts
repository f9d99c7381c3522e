/** `svmSettings` in the requests that deploy and reconfigure SVMs. */
import { badRequest } from "../http/api-error";
import { ipv4Address, quotedBoolean, quotedPort } from "../http/scalars";
import { base64Password, type Check, object, optional, text } from "../http/shape";
import type { ChangeableSettings } from "../world/svm-settings";

/** What the product's help allows. The refusal never repeats the password. */
const newPassword: Check<string> = (value, path) => {
  const password = base64Password(value, path);
  if (!/^[!-~]{1,60}$/.test(password)) {
    throw badRequest(`${path} must have at most 60 characters: Latin letters, digits and ASCII special characters.`);
  }
  return password;
};

const ksc = object({ address: text, port: quotedPort, sslPort: quotedPort, language: optional(text) });
const klconfig = object({ password: newPassword });
const dns = optional(object({ main: ipv4Address, alternative: optional(ipv4Address) }));

const newSvmShape = object({
  name: text,
  ksc,
  users: object({ root: object({ allowSshAccess: quotedBoolean, password: optional(newPassword) }), klconfig }),
  dns,
});
const existingSvmShape = object({
  password: base64Password,
  ksc: optional(ksc),
  users: optional(
    object({
      root: optional(object({ allowSshAccess: optional(quotedBoolean), password: optional(newPassword) })),
      klconfig: optional(klconfig),
    }),
  ),
  dns,
});

/** `svmSettings` of a deployment: with DHCP, `dns` may be left out; only a reconfiguration's other elements are optional. */
export const newSvmSettings: Check<{ readonly name: string; readonly changes: ChangeableSettings }> = (value, path) => {
  const { name, ...settings } = newSvmShape(value, path);
  return { name, changes: changes(settings) };
};

/** `svmSettings` of a reconfiguration: the current klconfig password, and what shall change. */
export const existingSvmSettings: Check<{ readonly password: string; readonly changes: ChangeableSettings }> = (
  value,
  path,
) => {
  const { password, ...settings } = existingSvmShape(value, path);
  return { password, changes: changes(settings) };
};

function changes({ ksc, users, dns }: Omit<ReturnType<typeof existingSvmShape>, "password">): ChangeableSettings {
  const { root, klconfig } = users ?? {};
  return {
    ...(ksc === undefined ? {} : { ksc }),
    ...(root === undefined ? {} : { root }),
    ...(klconfig === undefined ? {} : { klconfigPassword: klconfig.password }),
    ...(dns === undefined ? {} : { dns }),
  };
}
