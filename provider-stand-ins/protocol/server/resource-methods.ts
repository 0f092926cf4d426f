import type * as grpc from "@grpc/grpc-js";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Engine } from "../engine-log";
import type { Operation, Provider, ResourceKind } from "../provider";
import { refusal } from "../refusal";
import { nameOf, typeOf } from "../urn";
import { decode, encode } from "../wire-format";
import { checkRequest, checkResponse, diffRequest, diffResponse } from "./messages";
import { unary } from "./unary";

/** What the requests about one existing or planned resource have in common. */
interface ResourceRequest {
  getUrn(): string;
  getTimeout?: () => number;
}

/** Returns the methods about resources: check, diff, create, update, read and delete. */
export function resourceMethods(
  provider: Provider,
  engine: Engine,
  signal: AbortSignal,
): grpc.UntypedServiceImplementation {
  const refuse = (type: string): string => refusal(provider, `type ${type}`, provider.covered);

  async function kindOf(urn: string): Promise<ResourceKind> {
    const type = typeOf(urn);
    const kind = await provider.kind(type);
    if (kind === undefined) throw new Error(refuse(type));
    return kind;
  }

  /** Adds to an operation the kind of its resource, its log (cleared at the end) and its cancellation. */
  function operation(
    work: (kind: ResourceKind, operation: Operation, request: never) => Promise<unknown>,
  ): grpc.UntypedHandleCall {
    return unary(async (request: ResourceRequest) => {
      const urn = request.getUrn();
      const log = engine.logFor(urn);
      const timeout = request.getTimeout?.() ?? 0;
      const common = { urn, type: typeOf(urn), name: nameOf(urn), timeout, log, signal };
      try {
        const response = await work(await kindOf(urn), common, request as never);
        log.status("");
        return response;
      } finally {
        // Otherwise a status could arrive after the engine has closed the resource's row in the display.
        await engine.flush();
      }
    });
  }

  return {
    check: unary(async (request: rpc.CheckRequest) => {
      const type = typeOf(request.getUrn());
      const kind = await provider.kind(type);
      if (kind === undefined) {
        const failures = [{ reason: refuse(type) }];
        return checkResponse({ inputs: decode(request.getNews()), failures });
      }
      try {
        const log = engine.logFor(request.getUrn());
        return checkResponse(await kind.check({ ...checkRequest(request), log }));
      } finally {
        await engine.flush();
      }
    }),
    diff: unary(async (request: rpc.DiffRequest) => {
      const kind = await kindOf(request.getUrn());
      return diffResponse(await kind.diff(diffRequest(request)));
    }),
    create: operation(async (kind, common, request: rpc.CreateRequest) => {
      const inputs = decode(request.getProperties());
      const created = await kind.create({ ...common, inputs, preview: request.getPreview() });
      return new rpc.CreateResponse().setId(created.id).setProperties(encode(created.state));
    }),
    update: operation(async (kind, common, request: rpc.UpdateRequest) => {
      const state = await kind.update({
        ...common,
        id: request.getId(),
        oldInputs: decode(request.getOldInputs()),
        oldState: decode(request.getOlds()),
        news: decode(request.getNews()),
        preview: request.getPreview(),
        ignoreChanges: request.getIgnorechangesList(),
      });
      return new rpc.UpdateResponse().setProperties(encode(state));
    }),
    read: operation(async (kind, common, request: rpc.ReadRequest) => {
      const inputs = decode(request.getInputs());
      const state = decode(request.getProperties());
      const found = await kind.read({ ...common, id: request.getId(), inputs, state });
      const response = new rpc.ReadResponse();
      // An empty id tells the engine that the resource no longer exists.
      if (found === undefined) return response;
      response.setId(found.id).setProperties(encode(found.state));
      return response.setInputs(encode(found.inputs));
    }),
    delete: operation(async (kind, common, request: rpc.DeleteRequest) => {
      await kind.delete({
        ...common,
        id: request.getId(),
        oldInputs: decode(request.getOldInputs()),
        oldState: decode(request.getProperties()),
      });
      return new Empty();
    }),
  };
}
