/**
 * Why an infrastructure is not connected, and what to do about each documented cause
 * (SVM management, "Connecting the Integration Server and the virtual infrastructure").
 */
import type { AccountConnection, ConnectionTest, Microservice } from "../../integration-server";
import { DiagnosticError } from "../../terraform";
import { sentence } from "./errors";
import { hclString } from "./pasting";
import {
  type InfrastructureTypeInfo,
  infrastructureType,
  isInfrastructureType,
  trustEndpoints,
} from "./schema/infrastructure-types";
import { howToTrust, OF_INFRASTRUCTURE, OF_MICROSERVICE } from "./trust-advice";

export interface ProblemContext {
  /** What the user configured; the names of accounts only. */
  readonly address: string;
  readonly admin: string | null;
  readonly readOnly: string | null;
}

/** One error for each thing that is wrong; none when nothing has failed. */
export function connectionProblems(test: ConnectionTest, context: ProblemContext): DiagnosticError[] {
  const { admin, readOnly } = test.connection;
  const accounts = [
    { connection: admin, attribute: "admin", name: context.admin },
    ...(readOnly === undefined ? [] : [{ connection: readOnly, attribute: "readOnly", name: context.readOnly }]),
  ];
  const { microservices } = test;
  // What is down without an error is told only where no other error explains it.
  const isExplained = [...accounts.map(({ connection }) => connection), ...microservices].some(hasFailed);
  const isTold = isExplained ? hasFailed : isDown;
  return [
    ...groupByCause(accounts.filter(({ connection }) => isTold(connection))).map((group) =>
      accountProblem(test, context.address, group),
    ),
    ...microservices.filter(isTold).map(microserviceProblem),
  ];
}

interface FailedAccount {
  readonly connection: AccountConnection;
  readonly attribute: string;
  readonly name: string | null;
}

type Part = Pick<AccountConnection, "status" | "error">;

/** As the REST client sees it when it waits for a connection: an error is final once the attempt is over. */
function hasFailed({ status, error }: Part): boolean {
  return status !== "CONNECTING" && error !== "NO_ERROR";
}

function isDown({ status }: Part): boolean {
  return status === "DISCONNECTED";
}

/** What the server says is wrong; it need not say anything. */
function reported({ status, error }: Part): string {
  return error === "NO_ERROR" ? `${status} and no error` : error;
}

/** Accounts that fail for the same reason. */
type Group = readonly [FailedAccount, ...FailedAccount[]];

/** What fails for both accounts because of the server itself is one problem; an account's own failure is its own. */
function groupByCause(accounts: readonly FailedAccount[]): Group[] {
  const groups = new Map<string, Group>();
  for (const account of accounts) {
    const { error, errorMessage, primaryServerAddress } = account.connection;
    const ownFault = error === "ACCESS_DENIED" || error === "UNAUTHORIZED";
    const cause = JSON.stringify([error, errorMessage, primaryServerAddress, ownFault ? account.attribute : ""]);
    const group = groups.get(cause);
    groups.set(cause, group === undefined ? [account] : [...group, account]);
  }
  return [...groups.values()];
}

function accountProblem(test: ConnectionTest, address: string, group: Group): DiagnosticError {
  const [{ connection, attribute }] = group;
  const who = group.map(accountName).join(" and ");
  const said = connection.errorMessage ? ` ${sentence(connection.errorMessage)}` : "";
  const { advice, path } = adviceOnAccount(test, address, connection, attribute);
  return new DiagnosticError(
    `Unable to connect to ${platformOf(test.type)} at ${address}`,
    `The Integration Server reports ${reported(connection)} for ${who}.${said} ${advice}`,
    [path],
  );
}

function accountName({ attribute, name }: FailedAccount): string {
  const kind = attribute === "admin" ? "the admin account" : "the read-only account";
  return name === null ? kind : `${kind} "${name}"`;
}

interface Advice {
  readonly advice: string;
  /** The attribute at fault. */
  readonly path: string;
}

function adviceOnAccount(
  { type }: ConnectionTest,
  address: string,
  { error, primaryServerAddress }: AccountConnection,
  attribute: string,
): Advice {
  if (primaryServerAddress !== undefined) {
    const advice = `${address} is a secondary server of its pool, and only the primary one can be connected. Set address = ${hclString(primaryServerAddress)}.`;
    return { advice, path: "address" };
  }
  switch (error) {
    case "INVALID_CERTIFICATE":
      return { advice: adviceOnTrust(type, address), path: "address" };
    case "NETWORK_ERROR":
      return {
        advice: `Check that ${address} is right and running, and that the Integration Server can reach it through the network and its firewalls.`,
        path: "address",
      };
    case "SERVER_ERROR":
      return {
        advice: `${address} answered, but with an error. Check that it is a server of type ${type} and works, and look into its log and the Integration Server's.`,
        path: "address",
      };
    case "UNAUTHORIZED":
      return {
        advice: `The infrastructure refused the name or the password. Check name${attributeOfPassword(type)} of this account, and that it is not locked.`,
        path: attribute,
      };
    case "ACCESS_DENIED":
      return {
        advice:
          attribute === "admin"
            ? "The account may sign in, but lacks rights. Give it those that deploying, reconfiguring and removing SVMs needs."
            : "The account may sign in, but lacks rights. Give it those that reading the infrastructure needs.",
        path: attribute,
      };
    default:
      return { advice: "Look into the log of the Integration Server for the cause.", path: "address" };
  }
}

function attributeOfPassword(type: string): string {
  return typeInfo(type)?.openstack ? ", domain and password" : " and password";
}

function adviceOnTrust(type: string, address: string): string {
  const endpoints = trustEndpoints(typeInfo(type)?.trust ?? [], address);
  const things = endpoints.map(({ protocol }) => (protocol === "ssh" ? "SSH key" : "certificate"));
  const untrusted = endpoints.map(({ protocol, address }) => ({ name: protocol, address, protocol }));
  const what = `${things.join(" and ") || "certificate"} ${things.length > 1 ? "are" : "is"}`;
  return `Its ${what} not trusted, or changed since. ${howToTrust(OF_INFRASTRUCTURE, untrusted)}`;
}

function microserviceProblem(microservice: Microservice): DiagnosticError {
  const { service, region } = microservice;
  const address = microservice.address ?? "an unknown address";
  return new DiagnosticError(
    `Unable to connect to the OpenStack microservice ${service} at ${address}`,
    `The Integration Server reports ${reported(microservice)} for ${service} in the region ${region}. ${adviceOnMicroservice(microservice, address)}`,
    ["openstack"],
  );
}

function adviceOnMicroservice({ service, error }: Microservice, address: string): string {
  switch (error) {
    case "INVALID_CERTIFICATE":
      return `Its certificate is not trusted, or changed since. ${howToTrust(OF_MICROSERVICE, [{ name: service, address, protocol: "https" }])}`;
    case "NETWORK_ERROR":
      return `Check that ${address} is running, and that the Integration Server can reach it through the network and its firewalls.`;
    case "SERVER_ERROR":
      return `${address} answered, but with an error. Look into the log of ${service}.`;
    case "UNAUTHORIZED":
    case "ACCESS_DENIED":
      return `Check the account's roles in OpenStack: ${service} does not let it in.`;
    default:
      return "Look into the log of the Integration Server for the cause.";
  }
}

function typeInfo(type: string): InfrastructureTypeInfo | undefined {
  return isInfrastructureType(type) ? infrastructureType(type) : undefined;
}

/** The platform's name, or the type itself where a newer server has added one. */
export function platformOf(type: string): string {
  return typeInfo(type)?.label ?? type;
}
