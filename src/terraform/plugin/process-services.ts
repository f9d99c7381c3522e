/**
 * The gRPC services that go-plugin asks of every plugin: health and the end of the process. Their messages are so few that
 * they are written down as bytes, for processes that need no other message.
 */
import { GrpcError, type GrpcMethod, GrpcStatus } from "./grpc";

/** `HealthCheckRequest { service }` for what may be asked for: the process as a whole, and the plugin in it by go-plugin's name. */
const HEALTH_REQUESTS = [Buffer.alloc(0), Buffer.from("\x0a\x06plugin")];
/** `HealthCheckResponse { status: SERVING }` */
const SERVING = Buffer.from([0x08, 1]);
const EMPTY = Buffer.alloc(0);

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
          if (HEALTH_REQUESTS.some((known) => known.equals(request))) return SERVING;
          throw new GrpcError(GrpcStatus.NOT_FOUND, "There is no such service");
        },
      },
    ],
    [
      "/plugin.GRPCController/Shutdown",
      {
        unary: async () => {
          shutdown();
          return EMPTY;
        },
      },
    ],
  ];
}
