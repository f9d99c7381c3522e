/** In which order a new image, or another place, reaches the SVMs of a fleet. */
export enum UpgradeStrategy {
  /** The old SVM is removed, then the new one is deployed under the same name. Meanwhile its host is unprotected. */
  REPLACE = "replace",
  /**
   * The new SVM is deployed while the old one keeps protecting; the old one is removed when the new one runs. The
   * image's version becomes part of the SVM's name, so that both can exist. The host has to have room for both, their
   * addresses have to come from DHCP, and the infrastructure has to be connected by another stack (or by hand), unless the
   * server accepts a second connection: see `allowSecondConnection`.
   */
  KEEP_PROTECTING = "keep-protecting",
}
