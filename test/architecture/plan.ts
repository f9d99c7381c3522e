/** The rooms of the house, and what each may import: from the ground up. */
import type { Plan } from "./directions";

/** What schemas are written with; nothing of it acts. */
const SCHEMA_LANGUAGE = ["src/terraform/schema", "src/validators/index.ts"];
/** What life cycles are written with. */
const LIFE_CYCLE_LANGUAGE = [
  "src/terraform/index.ts",
  "src/validators/index.ts",
  "src/integration-server/index.ts",
  "src/integration-server/address.ts",
  "src/integration-server/ids.ts",
  "src/journal/index.ts",
  "src/notes/index.ts",
];
const CDKTF = ["npm:cdktf", "npm:constructs"];
/** What constructs are written with. */
const CONSTRUCTS = [
  ...CDKTF,
  "constructs/kind",
  "constructs/generated",
  "constructs/schema",
  "constructs/secret.ts",
  "src/terraform/schema",
];

export const PLAN: Plan = {
  "package.json": [],
  "src/version.ts": ["package.json"],

  // The Terraform plugin protocol knows nothing of its siblings: it could be published by itself.
  "src/terraform/values": ["src/terraform/diagnostics.ts"],
  "src/terraform/schema": ["src/terraform/values"],
  "src/terraform/plan": ["src/terraform/resource.ts", "src/terraform/schema", "src/terraform/values"],
  "src/terraform/protocol": ["npm:@bufbuild/protobuf"],
  "src/terraform/server": [
    "src/terraform/*.ts",
    "src/terraform/plan",
    "src/terraform/protocol",
    "src/terraform/schema",
    "src/terraform/values",
  ],
  "src/terraform/plugin": ["src/terraform/logger.ts", "src/terraform/protocol"],
  "src/terraform/*.ts": ["src/terraform/*.ts", "src/terraform/schema", "src/terraform/values"],

  // So could the client: operations on SVMs are made of tasks, tasks of calls, and all of them wait.
  "src/integration-server/address.ts": [],
  "src/integration-server/ids.ts": [],
  "src/integration-server/open-union.ts": [],
  "src/integration-server/waiting": [],
  "src/integration-server/http": [
    "src/integration-server/address.ts",
    "src/integration-server/ids.ts",
    "src/integration-server/waiting",
    "npm:node-fetch",
  ],
  "src/integration-server/tasks": [
    "src/integration-server/http",
    "src/integration-server/open-union.ts",
    "src/integration-server/waiting",
  ],
  "src/integration-server/certificates": ["src/integration-server/address.ts", "src/integration-server/http"],
  // Schemas take from it, so it leads to nothing that acts.
  "src/integration-server/infrastructures/kinds.ts": [],
  "src/integration-server/infrastructures": [
    "src/integration-server/http",
    "src/integration-server/ids.ts",
    "src/integration-server/open-union.ts",
    "src/integration-server/waiting",
  ],
  "src/integration-server/svms": [
    "src/integration-server/http",
    "src/integration-server/ids.ts",
    "src/integration-server/infrastructures",
    "src/integration-server/tasks",
    "src/integration-server/open-union.ts",
    "src/integration-server/waiting",
  ],
  "src/integration-server/cluster": [
    "src/integration-server/address.ts",
    "src/integration-server/http",
    "src/integration-server/infrastructures",
    "src/integration-server/open-union.ts",
    "src/integration-server/waiting",
  ],
  "src/integration-server": [],

  // What was begun is written down without a word about how it is made.
  "src/journal": [],
  // So is what is being done, for people.
  "src/notes": [],

  // The simulator shares no code with anything that it tests, and no package either.
  "src/simulator": [],

  // Files for the simulator: read without a server, written of a real one.
  "src/inventory/from-server.ts": [
    "src/integration-server/index.ts",
    "src/integration-server/address.ts",
    "src/resources/shared/schema",
    "src/simulator/index.ts",
  ],
  "src/inventory": ["src/simulator/index.ts", "src/terraform/schema/nearest.ts", "npm:yaml"],

  // Schemas know no life cycle, so that constructs can use them. Resources do not know each other.
  "src/validators": ["src/integration-server/address.ts"],
  "src/resources/shared/schema": [
    ...SCHEMA_LANGUAGE,
    "src/integration-server/address.ts",
    "src/integration-server/infrastructures/kinds.ts",
  ],
  "src/resources/shared": LIFE_CYCLE_LANGUAGE,
  "src/resources/*/schema*": [...SCHEMA_LANGUAGE, "src/resources/*/schema*"],
  "src/resources/*": [...LIFE_CYCLE_LANGUAGE, "src/resources/shared"],
  "src/data-sources/shared/schema.ts": [...SCHEMA_LANGUAGE, "src/resources/shared/schema"],
  "src/data-sources/shared": [...LIFE_CYCLE_LANGUAGE, "src/resources/shared"],
  "src/data-sources/*/schema*": [
    ...SCHEMA_LANGUAGE,
    "src/data-sources/shared/schema.ts",
    "src/resources/shared/schema",
  ],
  "src/data-sources/*": [...LIFE_CYCLE_LANGUAGE, "src/data-sources/shared", "src/resources/shared"],

  // An ephemeral resource is a data source of which nothing is stored.
  "src/ephemeral-resources/*/schema*": [
    ...SCHEMA_LANGUAGE,
    "src/data-sources/*/schema.ts",
    "src/resources/shared/schema",
  ],
  "src/ephemeral-resources/*": [...LIFE_CYCLE_LANGUAGE, "src/data-sources", "src/resources/shared"],

  // The provider is made of all that, and the plugin serves it.
  "src/provider-schema.ts": SCHEMA_LANGUAGE,
  "src/provider-settings.ts": [...LIFE_CYCLE_LANGUAGE, "src/provider-schema.ts"],
  "src/provider-journal.ts": ["src/journal/index.ts", "src/terraform/index.ts"],
  "src/provider-notes.ts": ["src/journal/index.ts", "src/notes/index.ts", "src/terraform/index.ts"],
  "src/provider.ts": [
    ...LIFE_CYCLE_LANGUAGE,
    "src/data-sources",
    "src/ephemeral-resources",
    "src/resources",
    "src/provider-journal.ts",
    "src/provider-notes.ts",
    "src/provider-schema.ts",
    "src/provider-settings.ts",
    "src/version.ts",
  ],
  "src/plugin.ts": ["src/provider.ts", "src/terraform/plugin", "src/terraform/server"],

  // What brings the plugin to Terraform, and the command line.
  "src/installation": ["src/version.ts"],
  // What commands share: how they end, write and reach a server, and what Terraform's states here hold.
  "src/cli/shared": [
    "src/installation/index.ts",
    "src/integration-server/ids.ts",
    "src/integration-server/index.ts",
    "src/journal/index.ts",
    "src/provider-settings.ts",
    "src/resources/shared/errors.ts",
    "src/terraform/plugin/redaction.ts",
    "src/terraform/schema/duration.ts",
    "npm:cli-table3",
    "npm:commander",
    "npm:picocolors",
    "npm:string-width",
    "npm:wrap-ansi",
  ],
  "src/cli/coverage": ["src/cli/shared", "src/integration-server/address.ts", "src/integration-server/index.ts"],
  // What it writes is what an import makes of it, so it asks the resources.
  "src/cli/discover": [
    "src/cli/shared",
    "src/installation/index.ts",
    "src/integration-server/address.ts",
    "src/integration-server/index.ts",
    "src/inventory/index.ts",
    "src/resources/infrastructure",
    "src/resources/shared",
    "src/resources/svm",
    "src/terraform/values/names.ts",
    "src/version.ts",
  ],
  "src/cli/doctor": [
    "package.json",
    "src/cli/shared",
    "src/installation/index.ts",
    "src/integration-server/address.ts",
    "src/integration-server/index.ts",
    "src/journal/index.ts",
    "src/provider-settings.ts",
    "src/terraform/plugin/redaction.ts",
    "src/version.ts",
  ],
  "src/cli": [
    "src/installation/index.ts",
    "src/integration-server/index.ts",
    "src/inventory/index.ts",
    "src/journal/index.ts",
    "src/notes/index.ts",
    "src/simulator",
    "src/resources/shared/connection-problems.ts",
    "src/resources/shared/errors.ts",
    "src/version.ts",
    "npm:commander",
  ],

  // Constructs know schemas and where the plugin is put: no life cycle, and nothing below.
  "constructs/kind": CDKTF,
  "constructs/schema/constructs-of.ts": CDKTF,
  "constructs/schema/tokens.ts": CDKTF,
  "constructs/schema/own-reference.ts": CDKTF,
  "constructs/schema/variable.ts": CDKTF,
  "constructs/secret.ts": [
    ...CDKTF,
    "constructs/kind",
    "constructs/schema/constructs-of.ts",
    "constructs/schema/own-reference.ts",
    "constructs/schema/tokens.ts",
    "constructs/schema/variable.ts",
    "constructs/unset-variables.ts",
  ],
  "constructs/unset-variables.ts": CDKTF,
  "constructs/schema": [
    ...CDKTF,
    "constructs/kind",
    "constructs/secret.ts",
    "src/installation/address.ts",
    "src/terraform/schema",
    "src/version.ts",
  ],
  "constructs/generated": [
    ...CDKTF,
    "constructs/kind",
    "constructs/schema",
    "constructs/secret.ts",
    "src/data-sources/*/schema.ts",
    "src/ephemeral-resources/*/schema.ts",
    "src/resources/*/schema.ts",
  ],
  "constructs/plugin.ts": [...CDKTF, "src/installation/index.ts"],
  "constructs/provider.ts": [
    ...CONSTRUCTS,
    "constructs/ca-certificate.ts",
    "constructs/plugin.ts",
    "src/installation/index.ts",
    "src/provider-schema.ts",
  ],
  "constructs/look-ups": [
    ...CONSTRUCTS,
    "constructs/follow.ts",
    "constructs/infrastructure.ts",
    "constructs/reference.ts",
  ],
  "constructs/fleet": [
    ...CONSTRUCTS,
    "constructs/follow.ts",
    "constructs/look-ups",
    "constructs/infrastructure.ts",
    "constructs/reference.ts",
    "constructs/svm-image.ts",
  ],
  // An entry of its own, since it alone needs this package.
  "constructs/hook": [...CONSTRUCTS, "npm:@cdktf/provider-null"],
  // For tests of users' own stacks: it runs them, and needs no construct for that.
  "constructs/testing": [
    ...CDKTF,
    "src/installation/index.ts",
    "src/inventory/read.ts",
    "src/simulator/index.ts",
    "npm:@jest/globals",
  ],
  "constructs/index.ts": [...CONSTRUCTS, "constructs/*.ts", "constructs/fleet", "constructs/look-ups"],
  "constructs/*.ts": [...CONSTRUCTS, "constructs/*.ts", "src/resources/shared/schema"],

  // Who uses all that.
  "examples/*": [
    ...CDKTF,
    "constructs/index.ts",
    "constructs/generated/index.ts",
    "constructs/testing/index.ts",
    "constructs/testing/jest.ts",
  ],
  bench: ["*", "npm:*"],
  scripts: ["*", "npm:*"],
  test: ["*", "npm:*"],
};
