import assert from "node:assert/strict";
import * as grpc from "@grpc/grpc-js";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { InitFailed } from "../../../provider-stand-ins/protocol/errors";
import type { Provider, ResourceKind } from "../../../provider-stand-ins/protocol/provider";
import { pause } from "../../../provider-stand-ins/protocol/run";
import { Secret, UNKNOWN } from "../../../provider-stand-ins/protocol/values";
import type { Properties } from "../../../provider-stand-ins/protocol/values";
import { Connection, initFailure } from "./support/rpc";

const TYPE = "echo:index:Echo";

/** A provider that hands back what it gets. */
function echo(overrides: Partial<ResourceKind> = {}): Provider {
  const kind: ResourceKind = {
    check: ({ news }) => ({ inputs: news }),
    diff: () => ({ changes: {} }),
    create: ({ inputs }) => Promise.resolve({ id: "made", state: inputs }),
    read: () => Promise.resolve(undefined),
    update: ({ news }) => Promise.resolve(news),
    delete: () => Promise.resolve(),
    ...overrides,
  };
  return {
    name: "echo",
    version: "1.2.3",
    covered: [TYPE],
    checkConfig: (news) => ({ inputs: news }),
    diffConfig: () => ({ diffs: [], replaces: [] }),
    configure: () => undefined,
    kind: (type) => (type === TYPE ? kind : undefined),
  };
}

describe("plugin server", () => {
  let connection: Connection;
  afterEach(() => {
    connection.close();
  });

  it("keeps secrets secret and unknowns unknown on the way in and out", async () => {
    const seen: Properties[] = [];
    connection = await Connection.to(
      echo({
        create: ({ inputs }) => {
          seen.push(inputs);
          return Promise.resolve({ id: "", state: inputs });
        },
      }),
    );
    const inputs: Properties = {
      plain: "a",
      none: null,
      list: [1, new Secret({ deep: ["x", UNKNOWN] })],
      nested: { secret: new Secret("s"), unknown: UNKNOWN },
    };
    const { state } = await connection.create(TYPE, inputs, { preview: true });
    assert.deepEqual(state, inputs);
    assert.deepEqual(seen, [inputs]);
    assert.equal((state.nested as Properties).unknown, UNKNOWN);
  });

  it("accepts secrets, resources and outputs, and supports previews and autonaming", async () => {
    connection = await Connection.to(echo());
    const request = new rpc.ProviderHandshakeRequest().setEngineAddress("127.0.0.1:1");
    const shake = await connection.call<rpc.ProviderHandshakeResponse>((done) =>
      connection.client.handshake(request, done),
    );
    assert.ok(shake.getAcceptSecrets() && shake.getAcceptResources() && shake.getAcceptOutputs());
    assert.ok(shake.getSupportsAutonamingConfiguration());
    const answer = await connection.call<rpc.ConfigureResponse>((done) =>
      connection.client.configure(new rpc.ConfigureRequest(), done),
    );
    assert.ok(answer.getAcceptsecrets() && answer.getSupportspreview());
  });

  it("refuses other types, functions and components by name, and says what to install", async () => {
    connection = await Connection.to(echo());
    const { failures } = await connection.check("echo:index:Other", {});
    assert.equal(failures.length, 1);
    assert.match(failures[0]?.reason ?? "", /found type echo:index:Other/);
    assert.match(failures[0]?.reason ?? "", /covers echo:index:Echo only/);
    assert.match(failures[0]?.reason ?? "", /pulumi plugin install resource echo v1\.2\.3/);
    const invoke = connection.call<rpc.InvokeResponse>((done) =>
      connection.client.invoke(new rpc.InvokeRequest().setTok("echo:index:get"), done),
    );
    await assert.rejects(invoke, /found function echo:index:get/);
    const construct = connection.call<rpc.ConstructResponse>((done) =>
      connection.client.construct(new rpc.ConstructRequest(), done),
    );
    await assert.rejects(construct, /found a component resource/);
  });

  it("sends the state along when a resource exists but isn't ready", async () => {
    connection = await Connection.to(
      echo({
        create: () => {
          const state = { a: new Secret("b") };
          throw new InitFailed("ns/x", state, ["the pod says no"], "not ready");
        },
      }),
    );
    const error: unknown = await connection.create(TYPE, {}).catch((thrown: unknown) => thrown);
    assert.deepEqual(initFailure(error), {
      id: "ns/x",
      state: { a: new Secret("b") },
      reasons: ["not ready", "the pod says no"],
    });
  });

  it("answers a read of something that is gone with an empty id", async () => {
    connection = await Connection.to(echo());
    assert.equal((await connection.read(TYPE, "x")).id, "");
  });

  it("ends what is going on when the user cancels", async () => {
    connection = await Connection.to(
      echo({
        create: async ({ signal }) => {
          await pause(30_000, signal);
          return { id: "late", state: {} };
        },
      }),
    );
    const creating = assert.rejects(connection.create(TYPE, {}), /cancelled/);
    await pause(100);
    await connection.call<Empty>((done) => connection.client.cancel(new Empty(), done));
    await creating;
  });

  it("tells the engine what it does, in order, and clears the status at the end", async () => {
    const heard: string[] = [];
    const engine = new grpc.Server();
    engine.addService(EngineService, {
      log: (call: { request: LogRequest }, done: (error: null, value: Empty) => void) => {
        const { request } = call;
        heard.push(`${request.getEphemeral() ? "status" : "kept"}: ${request.getMessage()}`);
        done(null, new Empty());
      },
    });
    const port = await new Promise<number>((resolve) => {
      const insecure = grpc.ServerCredentials.createInsecure();
      engine.bindAsync("127.0.0.1:0", insecure, (_, bound) => {
        resolve(bound);
      });
    });
    connection = await Connection.to(
      echo({
        create: ({ log, inputs }) => {
          log.status("working");
          log.warning("careful");
          return Promise.resolve({ id: "x", state: inputs });
        },
      }),
    );
    const handshake = new rpc.ProviderHandshakeRequest().setEngineAddress(`127.0.0.1:${port}`);
    await connection.call<rpc.ProviderHandshakeResponse>((done) =>
      connection.client.handshake(handshake, done),
    );
    await connection.create(TYPE, {});
    assert.deepEqual(heard, ["status: working", "kept: careful", "status: "]);
    engine.forceShutdown();
  });
});
