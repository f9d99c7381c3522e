import { RESERVE_SERVER } from "../e2e/support/killed-objects";
import { testKilledRuns } from "./killed-runs";

testKilledRuns(RESERVE_SERVER);
