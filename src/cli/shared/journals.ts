/** Where the journals of what runs in the present folder are. */
import { journalDirectories } from "../../journal";
import { stackFolders } from "./stacks";

/** Of this folder and of the stacks of a CDKTF app in it, as their Terraform has them; none of them need exist. */
export function journalsHere(environment: NodeJS.ProcessEnv): readonly string[] {
  return [...new Set([".", ...stackFolders()].flatMap((folder) => journalDirectories(folder, environment)))];
}
