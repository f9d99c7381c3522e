/**
 * The answers that the vendor's documents show, as field names and types. Written from the documents, independently of
 * the simulator.
 */
export type Shape =
  | "string"
  | "timestamp"
  | "number"
  | "boolean"
  | "null"
  | "json"
  | { readonly oneOf: readonly string[] }
  | { readonly list: Shape }
  | { readonly anyOf: readonly Shape[] }
  | { readonly fields: { readonly [name: string]: Shape }; readonly optional?: { readonly [name: string]: Shape } };

/** Every way in which a value differs from its shape; none is good. */
export function differences(value: unknown, shape: Shape, path = "$"): string[] {
  if (typeof shape === "string") {
    return matchesPrimitive(value, shape) ? [] : [`${path} should be ${shape}, is ${JSON.stringify(value)}`];
  }
  if ("oneOf" in shape) {
    const fits = typeof value === "string" && shape.oneOf.includes(value);
    return fits ? [] : [`${path} should be one of ${shape.oneOf.join(", ")}, is ${JSON.stringify(value)}`];
  }
  if ("anyOf" in shape) {
    const attempts = shape.anyOf.map((each) => differences(value, each, path));
    return attempts.some((found) => found.length === 0) ? [] : attempts.flat();
  }
  if ("list" in shape) {
    return Array.isArray(value)
      ? value.flatMap((item, index) => differences(item, shape.list, `${path}[${index}]`))
      : [`${path} should be a list, is ${JSON.stringify(value)}`];
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [`${path} should be an object, is ${JSON.stringify(value)}`];
  }
  const given = new Map(Object.entries(value));
  const known = { ...shape.optional, ...shape.fields };
  return [
    ...Object.keys(shape.fields).flatMap((name) => (given.has(name) ? [] : [`${path}.${name} is missing`])),
    ...[...given].flatMap(([name, field]) => {
      const expected = known[name];
      return expected === undefined
        ? [`${path}.${name} is not documented`]
        : differences(field, expected, `${path}.${name}`);
    }),
  ];
}

function matchesPrimitive(value: unknown, shape: string): boolean {
  switch (shape) {
    case "json":
      return true;
    case "null":
      return value === null;
    case "timestamp":
      return typeof value === "string" && new Date(value).toISOString() === value;
    default:
      return typeof value === shape;
  }
}

const connectionStatus: Shape = { oneOf: ["CONNECTING", "CONNECTED", "DISCONNECTED"] };
const connectionError: Shape = {
  oneOf: ["NO_ERROR", "SERVER_ERROR", "NETWORK_ERROR", "INVALID_CERTIFICATE", "ACCESS_DENIED", "UNAUTHORIZED"],
};
const valueOnly: Shape = { fields: { value: "string" } };
const idAndName: Shape = { fields: { id: "string", name: "string" } };

/** "Authentication on the Integration Server" */
export const tokens: Shape = {
  fields: {
    accessToken: valueOnly,
    refreshToken: valueOnly,
    session: {
      fields: {
        id: "string",
        createdAt: "timestamp",
        updatedAt: "timestamp",
        activeTo: "timestamp",
        validTo: "timestamp",
      },
    },
  },
};

/** "Obtaining a virtual infrastructure certificate" */
export const certificate: Shape = {
  fields: {
    address: "string",
    thumbprint: "string",
    data: "string",
    viisValidationResult: {
      fields: {
        isAccepted: "boolean",
        validationWarnings: { list: "string" },
        validationErrors: { list: "string" },
      },
    },
  },
};

const account: Shape = { fields: { name: "string" } };
const hypervisorConnection = { status: connectionStatus, connectionError, errorMessage: "string" } as const;
const secondaryDetails = { details: { fields: { primaryServerAddress: "string" } } } as const;
const hypervisorBase = {
  infrastructureId: "string",
  type: "string",
  address: "string",
  accounts: { fields: { admin: account }, optional: { readOnly: account } },
  connectionInfo: {
    fields: { admin: { fields: hypervisorConnection, optional: secondaryDetails } },
    optional: {
      readOnly: { fields: { ...hypervisorConnection, updatePeriodSeconds: "number" }, optional: secondaryDetails },
    },
  },
} as const satisfies { readonly [name: string]: Shape };

/** "Connecting to the virtual infrastructure", the answer to the connection request */
export const addedHypervisor: Shape = { fields: hypervisorBase };

/** "Connecting to the virtual infrastructure", the answer to the connection status request */
export const hypervisor: Shape = {
  fields: { ...hypervisorBase, name: "string", displayName: "string", version: "string" },
};

const microservices: Shape = {
  list: {
    fields: {
      address: "string",
      protocol: { oneOf: ["https", "http"] },
      version: "string",
      status: connectionStatus,
      error: connectionError,
    },
  },
};
const otherMicroservices = { glance: microservices, neutron: microservices, cinder: microservices } as const;
const details = (region: Shape): Shape => ({ fields: { regions: { list: region } } });

/** As the sample's brackets say. */
const besideDetails = details({
  fields: { id: "string", endpoints: { fields: { compute: microservices } }, ...otherMicroservices },
});
/** As the text about "endpoints" says. */
const insideDetails = details({
  fields: { id: "string", endpoints: { fields: { compute: microservices, ...otherMicroservices } } },
});

function openstack(fields: { readonly [name: string]: Shape }, regions: Shape, readOnlyDetails: Shape): Shape {
  return {
    fields: {
      ...fields,
      type: "string",
      address: "string",
      specificSettings: { fields: { protocol: { oneOf: ["https", "http"] } }, optional: { region: "string" } },
      displayName: "string",
      name: "string",
      version: "string",
      edition: "string",
      connectionInfo: {
        fields: { admin: { fields: { status: connectionStatus, connectionError, details: regions } } },
        optional: {
          readonly: {
            fields: {
              status: connectionStatus,
              connectionError,
              updatePeriodSeconds: "number",
              details: readOnlyDetails,
            },
          },
        },
      },
    },
  };
}

const infrastructureId = { infrastructureId: "string" } as const;

/** "Connecting to the virtual infrastructure (OpenStack infrastructures)", testConnection */
export const testedOpenstack = openstack({}, besideDetails, besideDetails);
/** The same, connection and connection status requests */
export const openstackBeside = openstack(infrastructureId, besideDetails, besideDetails);
/** The same, with the other reading of the sample */
export const openstackInside = openstack(infrastructureId, insideDetails, "string");

const host = { id: "string", name: "string", parentId: "string", state: "string" } as const;
const vm = { ...host, isSvm: "boolean" } as const;
const adapters = {
  networkAdapters: {
    list: { fields: { id: "string", name: "string" }, optional: { securityGroups: { list: idAndName } } },
  },
} as const satisfies { readonly [name: string]: Shape };
const svmOnly = { svmVersion: "string" } as const;
const detailedHost: Shape = {
  fields: {
    ...host,
    resources: {
      fields: {
        networks: { list: idAndName },
        storages: { list: { fields: { id: "string", name: "string", freeSpace: "number" } } },
      },
    },
  },
};

/** "Getting information about infrastructure objects", GeneralInfo */
export const generalObjects: Shape = {
  fields: { locations: { list: { fields: host } }, vms: { list: { fields: vm, optional: svmOnly } } },
};
/** The same, a virtual machine by its id */
export const virtualMachine: Shape = { fields: { ...vm, ...adapters }, optional: svmOnly };
/** The same, a hypervisor by its id */
export const detailedHypervisor = detailedHost;
/** The same, DetailedInfo */
export const detailedObjects: Shape = { fields: { locations: { list: detailedHost }, vms: { list: virtualMachine } } };

const domain: Shape = { fields: { id: "string", name: "string", parentId: "string" } };
/** "Getting information about infrastructure objects (OpenStack infrastructure)", a project by its id */
export const detailedProject: Shape = {
  fields: {
    id: "string",
    name: "string",
    parentId: "string",
    resources: {
      fields: {
        networks: { list: idAndName },
        volumeTypes: { list: idAndName },
        securityGroups: { list: idAndName },
        serverGroups: { list: idAndName },
        flavors: {
          list: {
            fields: {
              id: "string",
              name: "string",
              vCpus: "number",
              ramInMegabytes: "number",
              diskInGigabytes: "number",
              suitableForSvmVersions: { list: "string" },
            },
          },
        },
        availabilityZones: { list: { fields: { name: "string" } } },
      },
    },
  },
};
/** The same, GeneralInfo */
export const generalOpenstackObjects: Shape = {
  fields: { locations: { list: domain }, vms: { list: { fields: vm, optional: svmOnly } } },
};
/** The same, DetailedInfo */
export const detailedOpenstackObjects: Shape = {
  fields: { locations: { list: { anyOf: [domain, detailedProject] } }, vms: { list: virtualMachine } },
};

const taskFields = {
  id: "string",
  created: "timestamp",
  stateChanged: "timestamp",
  changed: "timestamp",
  state: { oneOf: ["Created", "Queued", "Starting", "Running", "Completed", "Stopping", "Failed", "Cancelled"] },
  type: "string",
  progress: "number",
} as const satisfies { readonly [name: string]: Shape };
const taskOptional = {
  stage: { anyOf: ["string", "null"] },
  parentId: "string",
  parameters: { list: { fields: { key: "string", value: "string" } } },
  result: "json",
  error: "json",
} as const satisfies { readonly [name: string]: Shape };

/** "SVM deployment task": a task, its subtasks and their steps */
export const task: Shape = {
  fields: {
    ...taskFields,
    // A getter, because a task is made of tasks.
    get children(): Shape {
      return { list: task };
    },
  },
  optional: taskOptional,
};

/** "Registering a reserve Integration Server with the primary Integration Server" */
export const reserveInstance: Shape = {
  fields: {
    createdAt: "timestamp",
    id: "string",
    role: { oneOf: ["Reserve"] },
    address: "string",
    connectionInfo: {
      fields: {
        status: { oneOf: ["Connecting", "Connected", "Disconnected"] },
        connectionError: {
          oneOf: ["NoError", "ServerError", "NetworkError", "InvalidCertificate", "AccessDenied", "Unauthorized"],
        },
      },
    },
  },
};
/** "Getting a list of reserve Integration Servers" */
export const reserveInstances: Shape = { fields: { instances: { list: reserveInstance } } };

const parameters = (...names: readonly string[]): Shape => ({
  list: { fields: { key: { oneOf: names }, value: "string" } },
});
const svmStep: Shape = {
  fields: {
    ...taskFields,
    type: { oneOf: ["DeploySvmStep"] },
    parentId: "string",
    parameters: parameters("deployStepName"),
    children: { list: "null" },
  },
  optional: { stage: taskOptional.stage, result: "boolean", error: "json" },
};
const svmSubtask: Shape = {
  fields: {
    ...taskFields,
    type: {
      oneOf: ["DeploySvm", "DeployOpenStackSvm", "ConfigSvm", "ConfigOpenStackSvm", "DeleteSvm", "DeleteOpenStackSvm"],
    },
    parentId: "string",
    parameters: parameters("infrastructureId", "hostId", "svmName", "svmId", "svmIpAddress"),
    children: { list: svmStep },
  },
  optional: {
    stage: taskOptional.stage,
    // The documents do not show what a removal results in.
    result: { anyOf: [{ fields: { svmId: "string" } }, "boolean"] },
    error: "json",
  },
};
/** "SVM deployment task", which those of reconfiguration and removal are similar to; the task itself has no result. */
export const deploymentTask: Shape = {
  fields: { ...taskFields, children: { list: svmSubtask } },
  optional: { stage: taskOptional.stage, error: "json" },
};

const vendorInfo: Shape = {
  fields: { productName: "string", vendor: "string", description: "string", publisher: "string" },
};
/** "SVM image registration request" */
export const registeredImage: Shape = {
  fields: {
    id: "string",
    manifest: {
      fields: { svmVersion: "string", size: "string", vendorInfo: { fields: { en: vendorInfo, ru: vendorInfo } } },
    },
    hypervisors: { list: { fields: { type: "string" } } },
  },
};
