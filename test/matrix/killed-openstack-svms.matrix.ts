import { OPENSTACK_SVM } from "../e2e/support/killed-objects";
import { testKilledRuns } from "./killed-runs";

testKilledRuns(OPENSTACK_SVM);
