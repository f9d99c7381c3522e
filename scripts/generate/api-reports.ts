/** What the package's entries export, as text: every change of it is a change of these files. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type IConfigFile,
} from "@microsoft/api-extractor";
import { exports } from "../../package.json";

/** The folder of the reports, relative to the project's root. */
export const API_FOLDER = "api";

/** Those for CDK Terrain are written from the others by the build. */
const ENTRIES = Object.entries(exports).flatMap(([name, entry]) =>
  typeof entry === "object" && !name.startsWith("./cdktn") ? [{ name, types: entry.types }] : [],
);

/** API Extractor says nothing of it but in the reports. */
const SILENT = { logLevel: ExtractorLogLevel.None };

/**
 * @param root The project's folder.
 * @param dist Where the package's declarations are.
 * @returns the reports by their paths, relative to the root
 */
export function apiReports(root: string, dist: string): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "api-reports-"));
  try {
    const configs = ENTRIES.map((entry) => extractorConfig(root, dist, folder, entry));
    const [first] = configs;
    if (first === undefined) return new Map();
    const additionalEntryPoints = configs.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath);
    const compilerState = CompilerState.create(first, { additionalEntryPoints });
    return new Map(
      configs.map((config) => [join(API_FOLDER, basename(config.reportFilePath)), report(config, compilerState)]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Entry {
  readonly name: string;
  readonly types: string;
}

function extractorConfig(root: string, dist: string, folder: string, { name, types }: Entry): ExtractorConfig {
  const main = join(dist, types.replace("./dist/", ""));
  const configObject: IConfigFile = {
    projectFolder: root,
    mainEntryPointFilePath: main,
    compiler: { overrideTsconfig: { compilerOptions: COMPILER_OPTIONS, files: [main] } },
    apiReport: {
      enabled: true,
      reportFileName: `${name === "." ? "cdktf-ksvla" : name.slice("./".length).replaceAll("/", "-")}.api.md`,
      reportFolder: folder,
      reportTempFolder: join(folder, "temp"),
      // What an entry shows without exporting it, such as what an interface extends, is part of what can change.
      includeForgottenExports: true,
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    newlineKind: "lf",
    messages: {
      compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
      extractorMessageReporting: {
        default: SILENT,
      },
      tsdocMessageReporting: { default: SILENT },
    },
  };
  return ExtractorConfig.prepare({
    configObject,
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, "package.json"),
  });
}

/** As most users have them; those of the package are in `tsconfig.json` and of no concern here. */
const COMPILER_OPTIONS = {
  target: "es2022",
  lib: ["es2022"],
  module: "nodenext",
  moduleResolution: "nodenext",
  strict: true,
  skipLibCheck: true,
  types: [],
};

function report(config: ExtractorConfig, compilerState: CompilerState): string {
  const { errorCount } = Extractor.invoke(config, {
    compilerState,
    localBuild: true,
    messageCallback: (message) => {
      if (message.logLevel === ExtractorLogLevel.Error) throw new Error(message.formatMessageWithLocation(undefined));
      message.handled = true;
    },
  });
  if (errorCount > 0) throw new Error(`${config.mainEntryPointFilePath} has no report.`);
  return readFileSync(config.reportFilePath, "utf8");
}
