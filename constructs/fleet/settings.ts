/** What is set inside SVMs, shared by a fleet or of a single one. */
import type { IResolvable, TerraformMetaArguments, TerraformResourceLifecycle } from "cdktf";
import type { KsvlaSvmConfig, KsvlaSvmKlconfig, KsvlaSvmKsc, KsvlaSvmRoot } from "../generated/svm";
import { renamed } from "../schema/record";
import type { Secret } from "../secret";

/**
 * A language of the product, by its code. The documents show these two; any other text is taken as it is, for languages
 * that come later.
 */
export type Language = "en" | "ru" | (string & {});

/** The Kaspersky Security Center Administration Server that SVMs connect to. */
export interface KscConnection extends KsvlaSvmKsc {
  /**
   * The language of Kaspersky Security Center.
   *
   * @default - the SVM decides
   */
  readonly language?: Language;
}

/** The root account of an SVM. */
export interface SvmRootAccount {
  /**
   * Whether root may sign in remotely through SSH.
   *
   * @default false
   */
  readonly allowSsh?: boolean | IResolvable;
  /**
   * The password: at most 60 Latin letters, digits and ASCII special characters. When the secret's version changes, it
   * is set on the SVM.
   *
   * @default - none
   */
  readonly password?: Secret;
}

/** The klconfig account, with which SVMs are configured. */
export interface SvmKlconfigAccount {
  /**
   * The password, which every change of an SVM's settings needs: at most 60 Latin letters, digits and ASCII special
   * characters. When the secret's version changes, it is set on the SVM; that needs `currentPassword`.
   */
  readonly password: Secret;
  /**
   * The password that the SVM has until now. Used only when the version of `password` changes.
   *
   * @default - none
   */
  readonly currentPassword?: Secret;
}

/**
 * What a fleet's SVMs have in common, and a single one may have of its own. An SVM that is deployed needs `ksc`, `root` and
 * `klconfig`, from either; one that exists already and is imported does not. Which of them it will be, only the plan sees.
 */
export interface SvmSettings
  extends Pick<KsvlaSvmConfig, "skipIntegrityCheck" | "dns" | "settingsVersion" | "timeouts"> {
  /**
   * The language with which the image is registered in the infrastructure. It matters when an SVM is deployed; changing
   * it later has no effect until then.
   *
   * @default "en"
   */
  readonly localization?: Language;
  /**
   * What to do when there is an SVM of that name already and no state of this workspace has it: `"refuse"` says how to
   * import it; `"adopt"` takes it over and sends it all settings, which needs the klconfig password that it has.
   *
   * @default "refuse"
   */
  readonly onExisting?: "refuse" | "adopt";
  /**
   * The Administration Server that the SVMs connect to. Changing it reconfigures them; removing it leaves them as they
   * are.
   *
   * @default - none: the plan refuses to deploy such an SVM; one that was imported stays as it is
   */
  readonly ksc?: KscConnection;
  /**
   * The root account.
   *
   * @default - none: the plan refuses to deploy such an SVM; one that was imported stays as it is
   */
  readonly root?: SvmRootAccount;
  /**
   * The klconfig account. Without it, an SVM cannot be changed in place.
   *
   * @default - none: the plan refuses to deploy such an SVM; one that was imported can be removed only
   */
  readonly klconfig?: SvmKlconfigAccount;
}

/** What Terraform itself understands. Whether an SVM is created before the old one is destroyed, `upgrade` says. */
export interface SvmMetaArguments
  extends Pick<TerraformMetaArguments, "provider" | "dependsOn" | "provisioners" | "connection"> {
  /**
   * What Terraform does in an SVM's life.
   *
   * @default - what `upgrade` says
   */
  readonly lifecycle?: Omit<TerraformResourceLifecycle, "createBeforeDestroy">;
}

type SettingAttributes = Pick<KsvlaSvmConfig, keyof SvmSettings>;

/** The settings under the names of the resource. */
export function toSvmAttributes({ root, klconfig, ...settings }: SvmSettings): SettingAttributes {
  return {
    ...settings,
    ...(root !== undefined && { root: renamed(root, toRoot) }),
    ...(klconfig !== undefined && { klconfig: renamed(klconfig, toKlconfig) }),
  };
}

function toRoot({ password, ...account }: SvmRootAccount): KsvlaSvmRoot {
  return { ...account, ...(password !== undefined && { passwordWo: password }) };
}

function toKlconfig({ password, currentPassword, ...account }: SvmKlconfigAccount): KsvlaSvmKlconfig {
  return {
    ...account,
    passwordWo: password,
    ...(currentPassword !== undefined && { currentPasswordWo: currentPassword }),
  };
}
