/** What Terraform's state of a stack holds. */
export interface TestState {
  /** By name, sensitive ones too. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Resources and data sources, also of modules. */
  readonly resources: readonly TestResource[];
}

/** An instance of a resource or of a data source. */
export interface TestResource {
  /** As Terraform writes it, such as `ksvla_svm.svms_svm-01_B1A7BAD1`. */
  readonly address: string;
  /** Such as `ksvla_svm`. */
  readonly type: string;
  readonly mode: "managed" | "data";
  readonly tainted: boolean;
  /** Attributes by their names in Terraform. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** The fourth version of the state's form, which both Terraform and OpenTofu write since 2018. */
interface StateFile {
  readonly outputs?: Readonly<Record<string, { readonly value?: unknown }>>;
  readonly resources?: readonly StoredResource[];
}

interface StoredResource {
  readonly module?: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly instances: readonly {
    readonly index_key?: string | number;
    readonly status?: string;
    readonly attributes?: Readonly<Record<string, unknown>>;
  }[];
}

/** @param text of the state's file; undefined where nothing was deployed */
export function parseState(text: string | undefined): TestState {
  const { outputs = {}, resources = [] } = JSON.parse(text ?? "{}") as StateFile;
  const values = Object.entries(outputs).map(([name, { value }]) => [name, value]);
  return { outputs: Object.fromEntries(values), resources: resources.flatMap(instancesOf) };
}

function instancesOf({ module, mode, type, name, instances }: StoredResource): readonly TestResource[] {
  const path = [module, mode === "data" ? "data" : undefined, type, name]
    .filter((part) => part !== undefined)
    .join(".");
  return instances.map(({ index_key: key, status, attributes = {} }) => ({
    address: key === undefined ? path : `${path}[${JSON.stringify(key)}]`,
    type,
    mode,
    tainted: status === "tainted",
    values: attributes,
  }));
}
