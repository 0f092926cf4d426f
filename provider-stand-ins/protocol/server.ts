/** Puts a `Provider` on the wire: Pulumi's resource provider protocol over gRPC. */
import * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Engine } from "./engine";
import { toStatus } from "./errors";
import { checkRequest, checkResponse, diffResponse } from "./messages";
import type { Operation, Provider, ResourceKind } from "./provider";
import { refusal } from "./refusal";
import { nameOf, typeOf } from "./urn";
import { decode, encode } from "./values";

/** Requests that act on one resource. */
interface ResourceRequest {
  getUrn(): string;
  getTimeout?: () => number;
}

/** The gRPC service of one provider. */
export class ProviderServer {
  private readonly engine = new Engine();
  private readonly cancelled = new AbortController();

  constructor(private readonly provider: Provider) {}

  /** Tells where the engine listens; also the engine's handshake does. */
  connect(address: string): void {
    this.engine.connect(address);
  }

  /** The methods, ready for `grpc.Server.addService`. */
  service(): { definition: grpc.ServiceDefinition; methods: grpc.UntypedServiceImplementation } {
    const methods = { ...this.plugin(), ...this.configuration(), ...this.operations() };
    return { definition: ResourceProviderService, methods };
  }

  private plugin(): grpc.UntypedServiceImplementation {
    const refuse = (what: string): grpc.UntypedHandleCall =>
      unary(() => {
        throw new Error(refusal(this.provider, what, this.provider.covered));
      });
    return {
      handshake: unary((request: rpc.ProviderHandshakeRequest) => {
        this.connect(request.getEngineAddress());
        const response = new rpc.ProviderHandshakeResponse();
        response.setAcceptSecrets(true);
        response.setAcceptResources(true);
        response.setAcceptOutputs(true);
        response.setSupportsAutonamingConfiguration(true);
        return response;
      }),
      attach: unary((request: PluginAttach) => {
        this.connect(request.getAddress());
        return new Empty();
      }),
      getPluginInfo: unary(() => new PluginInfo().setVersion(this.provider.version)),
      getSchema: unary(() => {
        const { name, version, covered } = this.provider;
        const resources = Object.fromEntries(covered.map((type) => [type, {}]));
        return new rpc.GetSchemaResponse().setSchema(JSON.stringify({ name, version, resources }));
      }),
      cancel: unary(() => {
        this.cancelled.abort(new Error("the operation was cancelled"));
        return new Empty();
      }),
      invoke: unary(async (request: rpc.InvokeRequest) => {
        const token = request.getTok();
        const answer = this.provider.invoke?.(token, decode(request.getArgs()));
        if (answer === undefined) {
          throw new Error(refusal(this.provider, `function ${token}`, this.provider.covered));
        }
        return new rpc.InvokeResponse().setReturn(encode(await answer));
      }),
      call: refuse("a call of a resource's method"),
      construct: refuse("a component resource"),
      parameterize: refuse("a parameterized package"),
    };
  }

  private configuration(): grpc.UntypedServiceImplementation {
    const { provider, engine } = this;
    return {
      checkConfig: unary(async (request: rpc.CheckRequest) =>
        checkResponse(await provider.checkConfig(decode(request.getNews()))),
      ),
      diffConfig: unary(async (request: rpc.DiffRequest) => {
        const olds = decode(request.getOldInputs() ?? request.getOlds());
        const { diffs, replaces } = await provider.diffConfig(olds, decode(request.getNews()));
        const response = new rpc.DiffResponse();
        const { DIFF_NONE, DIFF_SOME } = rpc.DiffResponse.DiffChanges;
        response.setChanges(diffs.length === 0 ? DIFF_NONE : DIFF_SOME);
        response.setDiffsList(diffs);
        response.setReplacesList(replaces);
        return response;
      }),
      configure: unary(async (request: rpc.ConfigureRequest) => {
        const prefix = `${provider.name}:config:`;
        const config: Record<string, string> = {};
        request.getVariablesMap().forEach((value, key) => {
          config[key.startsWith(prefix) ? key.slice(prefix.length) : key] = value;
        });
        await provider.configure(config, engine.logFor(""));
        const response = new rpc.ConfigureResponse();
        response.setAcceptsecrets(true);
        response.setSupportspreview(true);
        response.setAcceptresources(true);
        response.setAcceptoutputs(true);
        response.setSupportsAutonamingConfiguration(true);
        return response;
      }),
    };
  }

  private operations(): grpc.UntypedServiceImplementation {
    return {
      check: unary(async (request: rpc.CheckRequest) => {
        const type = typeOf(request.getUrn());
        const kind = await this.provider.kind(type);
        if (kind === undefined) {
          const reason = refusal(this.provider, `type ${type}`, this.provider.covered);
          return checkResponse({ inputs: decode(request.getNews()), failures: [{ reason }] });
        }
        return checkResponse(await kind.check(checkRequest(request)));
      }),
      diff: unary(async (request: rpc.DiffRequest) => {
        const urn = request.getUrn();
        const kind = await this.kindOf(urn);
        const result = await kind.diff({
          urn,
          type: typeOf(urn),
          id: request.getId(),
          oldInputs: decode(request.getOldInputs()),
          oldState: decode(request.getOlds()),
          news: decode(request.getNews()),
          ignoreChanges: request.getIgnorechangesList(),
        });
        return diffResponse(result);
      }),
      create: this.operation(async (kind, about, request: rpc.CreateRequest) => {
        const preview = request.getPreview();
        const made = await kind.create({
          ...about,
          inputs: decode(request.getProperties()),
          preview,
        });
        return new rpc.CreateResponse().setId(made.id).setProperties(encode(made.state));
      }),
      update: this.operation(async (kind, about, request: rpc.UpdateRequest) => {
        const state = await kind.update({
          ...about,
          id: request.getId(),
          oldInputs: decode(request.getOldInputs()),
          oldState: decode(request.getOlds()),
          news: decode(request.getNews()),
          preview: request.getPreview(),
          ignoreChanges: request.getIgnorechangesList(),
        });
        return new rpc.UpdateResponse().setProperties(encode(state));
      }),
      read: this.operation(async (kind, about, request: rpc.ReadRequest) => {
        const inputs = decode(request.getInputs());
        const state = decode(request.getProperties());
        const found = await kind.read({ ...about, id: request.getId(), inputs, state });
        const response = new rpc.ReadResponse();
        // An empty id tells the engine that the resource is gone.
        if (found === undefined) return response;
        response.setId(found.id).setProperties(encode(found.state));
        return response.setInputs(encode(found.inputs));
      }),
      delete: this.operation(async (kind, about, request: rpc.DeleteRequest) => {
        await kind.delete({
          ...about,
          id: request.getId(),
          oldInputs: decode(request.getOldInputs()),
          oldState: decode(request.getProperties()),
        });
        return new Empty();
      }),
    };
  }

  private async kindOf(urn: string): Promise<ResourceKind> {
    const type = typeOf(urn);
    const kind = await this.provider.kind(type);
    if (kind === undefined)
      throw new Error(refusal(this.provider, `type ${type}`, this.provider.covered));
    return kind;
  }

  /** Wraps an operation: its kind, its log (cleared at the end), its cancellation. */
  private operation(
    work: (kind: ResourceKind, about: Operation, request: never) => Promise<unknown>,
  ): grpc.UntypedHandleCall {
    return unary(async (request: ResourceRequest) => {
      const urn = request.getUrn();
      const log = this.engine.logFor(urn);
      const about: Operation = {
        urn,
        type: typeOf(urn),
        name: nameOf(urn),
        timeout: request.getTimeout?.() ?? 0,
        log,
        signal: this.cancelled.signal,
      };
      try {
        const response = await work(await this.kindOf(urn), about, request as never);
        log.status("");
        return response;
      } finally {
        // Otherwise a status could arrive after the resource's row in the display is closed.
        await this.engine.flush();
      }
    });
  }
}

/**
 * A gRPC method from a function. The function names the message that it takes; which one arrives
 * under which method is fixed by the service's definition.
 */
function unary(work: (request: never) => unknown): grpc.UntypedHandleCall {
  const handler: grpc.handleUnaryCall<unknown, unknown> = (call, callback) => {
    Promise.resolve()
      .then(() => work(call.request as never))
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback(toStatus(error));
        },
      );
  };
  return handler as grpc.UntypedHandleCall;
}
