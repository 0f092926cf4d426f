import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { serveProvider } from "../../../provider-stand-ins/protocol/plugin-process";
import type { Provider } from "../../../provider-stand-ins/protocol/provider";
import type { Properties } from "../../../provider-stand-ins/protocol/values";
import { decode, encode } from "../../../provider-stand-ins/protocol/wire-format";

/** The response of Diff. */
export interface DiffResponse {
  changes: number;
  replaces: string[];
  deleteBeforeReplace: boolean;
  detailed: Record<string, number>;
}

/** A client of a provider that is served over a real gRPC connection. */
export class ProviderClient {
  /** The client of all calls, for those that have no method here. */
  readonly rpc: ResourceProviderClient;
  readonly #stop: () => void;

  constructor(rpc: ResourceProviderClient, stop: () => void) {
    this.rpc = rpc;
    this.#stop = stop;
  }

  /** Serves a provider, connects to it and configures it. */
  static async connect(
    provider: Provider,
    config: Record<string, string> = {},
  ): Promise<ProviderClient> {
    const { port, stop } = await serveProvider(provider);
    const address = `127.0.0.1:${port}`;
    const rpcClient = new ResourceProviderClient(address, grpc.credentials.createInsecure());
    const client = new ProviderClient(rpcClient, stop);
    const request = new rpc.ConfigureRequest();
    for (const [key, value] of Object.entries(config)) {
      request.getVariablesMap().set(`${provider.name}:config:${key}`, value);
    }
    try {
      await client.call<rpc.ConfigureResponse>((done) => rpcClient.configure(request, done));
    } catch (error) {
      client.close();
      throw error;
    }
    return client;
  }

  /** Ends the client and the server. */
  close(): void {
    this.rpc.close();
    this.#stop();
  }

  /** Makes a call that takes a callback, and returns its response. */
  async call<Response>(
    start: (done: (error: grpc.ServiceError | null, response: Response) => void) => unknown,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      start((error, response) => {
        if (error === null) resolve(response);
        else reject(error);
      });
    });
  }

  /** Calls Check. */
  async check(
    type: string,
    news: Properties,
    olds: Properties = {},
    seed?: Uint8Array,
  ): Promise<{ inputs: Properties; failures: { property: string; reason: string }[] }> {
    const request = new rpc.CheckRequest().setUrn(urn(type)).setNews(encode(news));
    request.setOlds(encode(olds));
    if (seed !== undefined) request.setRandomseed(seed);
    const response = await this.call<rpc.CheckResponse>((done) => this.rpc.check(request, done));
    const failures = response.getFailuresList().map((failure) => failure.toObject());
    return { inputs: decode(response.getInputs()), failures };
  }

  /** Calls Diff. */
  async diff(
    type: string,
    oldInputs: Properties,
    news: Properties,
    oldState: Properties = oldInputs,
    ignoreChanges: string[] = [],
  ): Promise<DiffResponse> {
    const request = new rpc.DiffRequest().setUrn(urn(type)).setId("id");
    request.setOldInputs(encode(oldInputs)).setOlds(encode(oldState)).setNews(encode(news));
    request.setIgnorechangesList(ignoreChanges);
    const response = await this.call<rpc.DiffResponse>((done) => this.rpc.diff(request, done));
    const detailed: Record<string, number> = {};
    response.getDetaileddiffMap().forEach((diff, path) => {
      detailed[path] = diff.getKind();
    });
    return {
      changes: response.getChanges(),
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
      detailed,
    };
  }

  /** Calls Create. */
  async create(
    type: string,
    inputs: Properties,
    { preview = false, timeout = 0 } = {},
  ): Promise<{ id: string; state: Properties }> {
    const request = new rpc.CreateRequest().setUrn(urn(type)).setProperties(encode(inputs));
    request.setPreview(preview).setTimeout(timeout);
    const response = await this.call<rpc.CreateResponse>((done) => this.rpc.create(request, done));
    return { id: response.getId(), state: decode(response.getProperties()) };
  }

  /** Calls Update. */
  async update(
    type: string,
    id: string,
    old: { inputs: Properties; state: Properties },
    news: Properties,
    { preview = false, timeout = 0 } = {},
  ): Promise<Properties> {
    const request = new rpc.UpdateRequest().setUrn(urn(type)).setId(id).setNews(encode(news));
    request.setOldInputs(encode(old.inputs)).setOlds(encode(old.state));
    request.setPreview(preview).setTimeout(timeout);
    const response = await this.call<rpc.UpdateResponse>((done) => this.rpc.update(request, done));
    return decode(response.getProperties());
  }

  /** Calls Read. */
  async read(
    type: string,
    id: string,
    inputs: Properties = {},
    state: Properties = {},
  ): Promise<{ id: string; inputs: Properties; state: Properties }> {
    const request = new rpc.ReadRequest().setUrn(urn(type)).setId(id);
    request.setInputs(encode(inputs)).setProperties(encode(state));
    const response = await this.call<rpc.ReadResponse>((done) => this.rpc.read(request, done));
    return {
      id: response.getId(),
      inputs: decode(response.getInputs()),
      state: decode(response.getProperties()),
    };
  }

  /** Calls Delete. */
  async delete(type: string, id: string, inputs: Properties, timeout = 0): Promise<void> {
    const request = new rpc.DeleteRequest().setUrn(urn(type)).setId(id).setTimeout(timeout);
    request.setOldInputs(encode(inputs)).setProperties(encode({}));
    await this.call<Empty>((done) => this.rpc.delete(request, done));
  }
}

/** Returns the URN of a resource with the name `thing`. */
export function urn(type: string): string {
  return `urn:pulumi:dev::project::${type}::thing`;
}

/** Returns the content of an InitFailed. */
export function initFailure(error: unknown): { id: string; state: Properties; reasons: string[] } {
  const [binary] = (error as grpc.ServiceError).metadata.get("grpc-status-details-bin");
  if (binary === undefined) throw error instanceof Error ? error : new Error(String(error));
  const [detail] = Status.deserializeBinary(Buffer.from(binary)).getDetailsList();
  const unpacked = detail?.unpack(
    (bytes) => rpc.ErrorResourceInitFailed.deserializeBinary(bytes),
    "pulumirpc.ErrorResourceInitFailed",
  );
  if (unpacked === undefined || unpacked === null) throw new Error("no ErrorResourceInitFailed");
  return {
    id: unpacked.getId(),
    state: decode(unpacked.getProperties()),
    reasons: unpacked.getReasonsList(),
  };
}
