/** One of the documented values, or a text that a newer server has added: reading does not fail on what is new. */
export type OpenUnion<T extends string> = T | (string & Record<never, never>);
