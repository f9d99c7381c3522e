/** A header block that cannot be read. What follows it cannot be either, since both ends' tables differ from then on. */
export class HpackError extends Error {
  override readonly name = "HpackError";
}
