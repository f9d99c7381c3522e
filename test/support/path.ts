import { delimiter, dirname } from "node:path";

/** A PATH on which `node` is the Node.js that runs the tests. */
export const PATH = [dirname(process.execPath), process.env["PATH"]].join(delimiter);
