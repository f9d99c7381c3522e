/** A documented value, or one that a newer server has added: reading never fails on a value that was not known here. */
export type Documented<T extends string> = T | (string & Record<never, never>);
