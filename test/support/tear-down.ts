import { removeTemporaryFolder } from "./temporary-folder";

/** After all tests. */
export default async function tearDown(): Promise<void> {
  await removeTemporaryFolder();
}
