/**
 * Answers that are the same whatever is asked, such as the schema. A build computes them, so that a process from which
 * Terraform wants nothing else, as in each command's first one, has no code of the provider to load.
 */
import type { GrpcMethods } from "./grpc";

/** In Base64, by path. A build puts them in place of this name; without a build, as in a debugger, there are none. */
declare const BUILT_ANSWERS: Readonly<Record<string, string>> | undefined;

export function builtAnswers(): GrpcMethods {
  const answers = typeof BUILT_ANSWERS === "undefined" ? {} : BUILT_ANSWERS;
  return new Map(
    Object.entries(answers).map(([path, answer]) => [path, { unary: async () => Buffer.from(answer, "base64") }]),
  );
}
