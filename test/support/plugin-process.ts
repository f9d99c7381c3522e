/** A plugin process as Terraform drives it: started with go-plugin's environment, called over gRPC with mutual TLS. */
import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { Client, type ClientReadableStream, credentials } from "@grpc/grpc-js";
import { bundlePlugin as bundle } from "../../scripts/build/bundle-plugin";
import { PROVIDER_RPCS, type RequestOf, type ResponseOf, type RpcName } from "../../src/terraform/protocol/tfplugin6";
import { makeCertificate, type TestCertificate } from "./certificates";
import { PATH } from "./path";

export const MAGIC_COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

type Piped = ChildProcessByStdio<null, Readable, Readable>;

const ROOT = join(__dirname, "..", "..");

/** Bundles an entry point once for a test file; `remove` deletes it. */
export async function bundlePlugin(entry: string): Promise<{ readonly file: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "plugin-test-"));
  const file = join(folder, "terraform-provider-test_v1.0.0");
  await bundle({ root: ROOT, entry, outfile: file });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The environment that Terraform gives to a plugin. */
export function pluginEnvironment(client: TestCertificate, extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    PATH,
    TF_PLUGIN_MAGIC_COOKIE: MAGIC_COOKIE,
    PLUGIN_PROTOCOL_VERSIONS: "5,6",
    PLUGIN_MIN_PORT: "10000",
    PLUGIN_MAX_PORT: "25000",
    PLUGIN_CLIENT_CERT: client.certificate,
    TF_LOG: "TRACE",
    ...extra,
  };
}

const toBuffer = (bytes: Uint8Array) => Buffer.from(bytes);
const asIs = (bytes: Buffer) => bytes;

export interface StartOptions {
  /** The client's. @default a new one */
  readonly certificate?: TestCertificate;
  /** @default that of the tests */
  readonly cwd?: string;
}

export class PluginProcess {
  readonly stdout: string[] = [];
  readonly stderr: string[] = [];
  private readonly clients: Client[] = [];

  private constructor(
    readonly child: Piped,
    private readonly certificate: TestCertificate,
  ) {
    createInterface({ input: child.stdout }).on("line", (line) => this.stdout.push(line));
    createInterface({ input: child.stderr }).on("line", (line) => this.stderr.push(line));
  }

  static async start(
    [program, ...args]: readonly [string, ...string[]],
    env: NodeJS.ProcessEnv = {},
    { certificate, cwd }: StartOptions = {},
  ): Promise<PluginProcess> {
    const client = certificate ?? (await makeCertificate());
    const child = spawn(program, args, {
      env: pluginEnvironment(client, env),
      stdio: ["ignore", "pipe", "pipe"],
      ...(cwd !== undefined && { cwd }),
    });
    return new PluginProcess(child, client);
  }

  /** The fields of the handshake line. */
  async handshake(): Promise<readonly string[]> {
    while (this.stdout.length === 0) await this.#more(this.child.stdout);
    const fields = this.stdout[0]!.split("|");
    if (fields.length < 6) throw new Error(`This is no handshake: ${this.stdout[0]}`);
    return fields;
  }

  /** Calls over a connection of its own kind: with the process's client certificate, with another, or with none. */
  async unary(path: string, request: Uint8Array, identity: TestCertificate | null = this.certificate): Promise<Buffer> {
    const client = await this.#connect(identity);
    return new Promise((resolve, reject) => {
      client.makeUnaryRequest(path, toBuffer, asIs, request, (error, answer) =>
        error ? reject(error) : resolve(answer ?? Buffer.alloc(0)),
      );
    });
  }

  /** Calls for a stream of answers. */
  async stream(path: string, request: Uint8Array): Promise<ClientReadableStream<Buffer>> {
    const client = await this.#connect(this.certificate);
    return client.makeServerStreamRequest(path, toBuffer, asIs, request);
  }

  async #connect(identity: TestCertificate | null): Promise<Client> {
    const [, , network, address, , serverCertificate] = await this.handshake();
    const { raw } = new X509Certificate(Buffer.from(serverCertificate ?? "", "base64"));
    const channel = credentials.createSsl(
      Buffer.from(`-----BEGIN CERTIFICATE-----\n${raw.toString("base64")}\n-----END CERTIFICATE-----\n`),
      identity && Buffer.from(identity.key),
      identity && Buffer.from(identity.certificate),
    );
    const client = new Client(network === "unix" ? `unix:${address}` : address!, channel, {
      "grpc.ssl_target_name_override": "localhost",
      "grpc.max_receive_message_length": -1,
      "grpc.max_send_message_length": -1,
    });
    this.clients.push(client);
    return client;
  }

  async call<Name extends RpcName>(name: Name, request: Partial<RequestOf<Name>>): Promise<ResponseOf<Name>> {
    const rpc = PROVIDER_RPCS[name];
    const path = `/tfplugin6.Provider/${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return rpc.response.decode(await this.unary(path, rpc.request.encode(request))) as ResponseOf<Name>;
  }

  /** The stderr line that contains a text, as soon as there is one. */
  async logLine(text: string): Promise<Record<string, unknown>> {
    for (;;) {
      const line = this.stderr.find((candidate) => candidate.includes(text));
      if (line !== undefined) return JSON.parse(line);
      await this.#more(this.child.stderr);
    }
  }

  /** Waits for more output; the end of it is an error. */
  async #more(stream: Readable): Promise<void> {
    if (stream.readableEnded) throw new Error(`The plugin ended: ${[...this.stdout, ...this.stderr].join("\n")}`);
    const waiting = new AbortController();
    await Promise.race(["data", "end"].map((event) => once(stream, event, waiting)));
    waiting.abort();
  }

  /** Exit code or signal. */
  async exited(): Promise<number | NodeJS.Signals | null> {
    return exitOf(this.child);
  }

  /** Ends the process in a way that lets it remove its socket. */
  async dispose(): Promise<void> {
    for (const client of this.clients) client.close();
    this.child.kill("SIGTERM");
    await this.exited();
  }
}

/** Waits until a process has ended and its output is read. */
export async function exitOf(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  return child.exitCode ?? child.signalCode;
}
