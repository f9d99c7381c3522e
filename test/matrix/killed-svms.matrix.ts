import { SVM } from "../e2e/support/killed-objects";
import { testKilledRuns } from "./killed-runs";

testKilledRuns(SVM);
