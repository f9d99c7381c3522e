/** What can go wrong with an SVM, beside its call and its task. */
import { IntegrationServerError } from "../http/errors";
import type { VirtualMachine } from "../infrastructures/objects";

/** There is an SVM of that name already. Nothing was sent. */
export class SvmExistsError extends IntegrationServerError {
  readonly name = "SvmExistsError";
  readonly advice = "Choose another name, or import the SVM that exists.";

  constructor(
    readonly svm: VirtualMachine,
    /** In words. */
    place: string,
  ) {
    super(`An SVM named "${svm.name}" already exists (id "${svm.id}") on ${place}`);
  }
}

/** An SVM of that name may be there: the server lists one, but not its id. Nothing was sent. */
export class SvmUnidentifiedError extends IntegrationServerError {
  readonly name = "SvmUnidentifiedError";
  readonly advice = "Look into the log of the Integration Server for what is wrong with it, then apply again.";

  /** @param place in words */
  constructor(name: string, place: string) {
    super(`An SVM that may be named "${name}" is listed without an id on ${place}`);
  }
}

/** The infrastructure is not connected, so nobody can tell what is there. Nothing was sent. */
export class ConnectionDownError extends IntegrationServerError {
  readonly name = "ConnectionDownError";
  readonly advice =
    "The data source ksvla_infrastructure and the Integration Server Console show why. Apply again when it is connected.";

  /** @param infrastructure in words */
  constructor(
    readonly infrastructureId: string,
    infrastructure: string,
  ) {
    super(`The Integration Server is not connected to ${infrastructure}: its connection has failed`);
  }
}

/** An SVM was reconfigured, all but its networks: those it has kept, by what its adapters show. */
export class NetworksKeptError extends IntegrationServerError {
  readonly name = "NetworksKeptError";
  readonly advice =
    "Change them in the Integration Server Console or in the infrastructure, then configure what the SVM has.";

  constructor(
    readonly svmId: string,
    /** As it was seen last. */
    readonly vm: VirtualMachine,
    options?: ErrorOptions,
  ) {
    const again = options?.cause instanceof Error ? `the second attempt failed: ${options.cause.message}` : "twice";
    super(
      `The server completed the reconfiguration of the SVM "${svmId}", but the SVM still has its former networks. They were sent in both forms of the documents: ${again}`,
      options,
    );
  }
}
