/** The gRPC services that go-plugin asks of every plugin: health and the end of the process. */
import { enumeration, message, string } from "../protocol/protobuf";
import { GrpcError, type GrpcMethod, GrpcStatus } from "./grpc";

const HealthCheckRequest = message({ service: string(1) });
const HealthCheckResponse = message({ status: enumeration(1, ["UNKNOWN", "SERVING", "NOT_SERVING"]) });
const Empty = message({});

/** The services that may be asked for: the process as a whole, and the plugin in it by go-plugin's name. */
const HEALTHY_SERVICES = ["", "plugin"];

/**
 * What is left out on purpose and so "unimplemented": streaming stdout and stderr through gRPC, and the broker for
 * connections back to Terraform. Terraform's providers use neither.
 * @param shutdown called when Terraform wants the process to end; it must let the answer out before
 */
export function processServices(shutdown: () => void): readonly (readonly [string, GrpcMethod])[] {
  return [
    [
      "/grpc.health.v1.Health/Check",
      {
        unary: async (request) => {
          const { service } = HealthCheckRequest.decode(request);
          if (!HEALTHY_SERVICES.includes(service)) {
            throw new GrpcError(GrpcStatus.NOT_FOUND, `There is no service "${service}"`);
          }
          return HealthCheckResponse.encode({ status: "SERVING" });
        },
      },
    ],
    [
      "/plugin.GRPCController/Shutdown",
      {
        unary: async () => {
          shutdown();
          return Empty.encode({});
        },
      },
    ],
  ];
}
