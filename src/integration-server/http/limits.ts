/** How much of an answer is read. By itself, so that whoever names a limit loads nothing. */

const MEBIBYTE = 1024 * 1024;

/** The most bytes that a body may have, as they come and unpacked. A task with a thousand SVMs has about twelve mebibytes. */
export const LARGEST_ANSWER = 16 * MEBIBYTE;
/** For lists of everything that is in an infrastructure. */
export const LARGEST_INVENTORY = 32 * MEBIBYTE;
/** What an error has to say stands at its beginning. */
export const LARGEST_ERROR = MEBIBYTE / 16;
