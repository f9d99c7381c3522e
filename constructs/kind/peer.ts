/** Loads the CDK before anything else of an entry does, to say what to do where there is none. */
import { missingKind } from "./kinds";

try {
  require("cdktf");
} catch (error) {
  throw missingKind(error);
}
