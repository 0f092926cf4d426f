import type * as grpc from "@grpc/grpc-js";
import type { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Engine } from "../engine-log";
import type { Provider } from "../provider";
import { refusal } from "../refusal";
import { decode, encode } from "../wire-format";
import { unary } from "./unary";

/** Returns the methods about the plugin itself: handshake, schema, cancellation, functions. */
export function pluginMethods(
  provider: Provider,
  engine: Engine,
  cancellation: AbortController,
): grpc.UntypedServiceImplementation {
  const refuse = (found: string): grpc.UntypedHandleCall =>
    unary(() => {
      throw new Error(refusal(provider, found, provider.covered));
    });
  return {
    handshake: unary((request: rpc.ProviderHandshakeRequest) => {
      engine.connect(request.getEngineAddress());
      const response = new rpc.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      response.setAcceptResources(true);
      response.setAcceptOutputs(true);
      response.setSupportsAutonamingConfiguration(true);
      return response;
    }),
    attach: unary((request: PluginAttach) => {
      engine.connect(request.getAddress());
      return new Empty();
    }),
    getPluginInfo: unary(() => new PluginInfo().setVersion(provider.version)),
    getSchema: unary(() => {
      const { name, version, covered } = provider;
      const resources = Object.fromEntries(covered.map((type) => [type, {}]));
      return new rpc.GetSchemaResponse().setSchema(JSON.stringify({ name, version, resources }));
    }),
    cancel: unary(() => {
      cancellation.abort(new Error("the operation was cancelled"));
      return new Empty();
    }),
    invoke: unary(async (request: rpc.InvokeRequest) => {
      const token = request.getTok();
      const answer = provider.invoke?.(token, decode(request.getArgs()));
      if (answer === undefined) {
        throw new Error(refusal(provider, `function ${token}`, provider.covered));
      }
      return new rpc.InvokeResponse().setReturn(encode(await answer));
    }),
    call: refuse("a call of a resource's method"),
    construct: refuse("a component resource"),
    parameterize: refuse("a parameterized package"),
  };
}
