/** Why a text from the command line is no fault, habit or command, in words for whoever typed it. */
export class NotUnderstood extends Error {}
