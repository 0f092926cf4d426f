/** A provider behind its real server, and a client that talks to it over a real gRPC connection. */
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { serve } from "../../../../provider-stand-ins/protocol/main";
import type { Provider } from "../../../../provider-stand-ins/protocol/provider";
import { decode, encode } from "../../../../provider-stand-ins/protocol/values";
import type { Properties } from "../../../../provider-stand-ins/protocol/values";

/** One change of a diff, as it came over the wire. */
export interface WireDiff {
  changes: number;
  replaces: string[];
  deleteBeforeReplace: boolean;
  detailed: Record<string, number>;
}

/** The calls that tests make, in plain values. */
export class Connection {
  private constructor(
    readonly client: ResourceProviderClient,
    private readonly stop: () => void,
  ) {}

  static async to(provider: Provider, config: Record<string, string> = {}): Promise<Connection> {
    const { port, stop } = await serve(provider);
    const address = `127.0.0.1:${port}`;
    const client = new ResourceProviderClient(address, grpc.credentials.createInsecure());
    const connection = new Connection(client, stop);
    const request = new rpc.ConfigureRequest();
    for (const [key, value] of Object.entries(config)) {
      request.getVariablesMap().set(`${provider.name}:config:${key}`, value);
    }
    try {
      await connection.call<rpc.ConfigureResponse>((done) => client.configure(request, done));
    } catch (error) {
      connection.close();
      throw error;
    }
    return connection;
  }

  /** Ends both sides. */
  close(): void {
    this.client.close();
    this.stop();
  }

  /** Turns a call with a callback into a promise. */
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

  async check(
    type: string,
    news: Properties,
    olds: Properties = {},
    seed?: Uint8Array,
  ): Promise<{ inputs: Properties; failures: { property: string; reason: string }[] }> {
    const request = new rpc.CheckRequest().setUrn(urn(type)).setNews(encode(news));
    request.setOlds(encode(olds));
    if (seed !== undefined) request.setRandomseed(seed);
    const response = await this.call<rpc.CheckResponse>((done) => this.client.check(request, done));
    const failures = response.getFailuresList().map((failure) => failure.toObject());
    return { inputs: decode(response.getInputs()), failures };
  }

  async diff(
    type: string,
    oldInputs: Properties,
    news: Properties,
    oldState: Properties = oldInputs,
    ignoreChanges: string[] = [],
  ): Promise<WireDiff> {
    const request = new rpc.DiffRequest().setUrn(urn(type)).setId("id");
    request.setOldInputs(encode(oldInputs)).setOlds(encode(oldState)).setNews(encode(news));
    request.setIgnorechangesList(ignoreChanges);
    const response = await this.call<rpc.DiffResponse>((done) => this.client.diff(request, done));
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

  async create(
    type: string,
    inputs: Properties,
    { preview = false, timeout = 0 } = {},
  ): Promise<{ id: string; state: Properties }> {
    const request = new rpc.CreateRequest().setUrn(urn(type)).setProperties(encode(inputs));
    request.setPreview(preview).setTimeout(timeout);
    const response = await this.call<rpc.CreateResponse>((done) =>
      this.client.create(request, done),
    );
    return { id: response.getId(), state: decode(response.getProperties()) };
  }

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
    const response = await this.call<rpc.UpdateResponse>((done) =>
      this.client.update(request, done),
    );
    return decode(response.getProperties());
  }

  async read(
    type: string,
    id: string,
    inputs: Properties = {},
    state: Properties = {},
  ): Promise<{ id: string; inputs: Properties; state: Properties }> {
    const request = new rpc.ReadRequest().setUrn(urn(type)).setId(id);
    request.setInputs(encode(inputs)).setProperties(encode(state));
    const response = await this.call<rpc.ReadResponse>((done) => this.client.read(request, done));
    return {
      id: response.getId(),
      inputs: decode(response.getInputs()),
      state: decode(response.getProperties()),
    };
  }

  async delete(type: string, id: string, inputs: Properties, timeout = 0): Promise<void> {
    const request = new rpc.DeleteRequest().setUrn(urn(type)).setId(id).setTimeout(timeout);
    request.setOldInputs(encode(inputs)).setProperties(encode({}));
    await this.call<Empty>((done) => this.client.delete(request, done));
  }
}

/** A URN of the type, for a resource that the program calls "thing". */
export function urn(type: string): string {
  return `urn:pulumi:dev::project::${type}::thing`;
}

/** What an InitFailed carries along. */
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
