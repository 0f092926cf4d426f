import type * as grpc from "@grpc/grpc-js";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import type { Engine } from "../engine-log";
import type { Provider } from "../provider";
import { decode } from "../wire-format";
import { checkResponse } from "./messages";
import { unary } from "./unary";

/** Returns the methods about the provider's configuration. */
export function configurationMethods(
  provider: Provider,
  engine: Engine,
): grpc.UntypedServiceImplementation {
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
