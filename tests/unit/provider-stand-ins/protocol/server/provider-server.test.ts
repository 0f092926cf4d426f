import assert from "node:assert/strict";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { InitFailed } from "../../../../../provider-stand-ins/protocol/init-failed";
import { pause } from "../../../../../provider-stand-ins/protocol/pause";
import type { Provider, ResourceKind } from "../../../../../provider-stand-ins/protocol/provider";
import type { Properties } from "../../../../../provider-stand-ins/protocol/values";
import { Secret, UNKNOWN } from "../../../../../provider-stand-ins/protocol/values";
import {
  initFailure,
  ProviderClient,
} from "../../../../support/provider-stand-ins/provider-client";
import { RecordingEngine } from "../../../../support/provider-stand-ins/recording-engine";

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

describe("stand-ins: the gRPC server", () => {
  let client: ProviderClient;
  afterEach(() => {
    client.close();
  });

  it("passes secrets and unknown values through in both directions", async () => {
    const seen: Properties[] = [];
    client = await ProviderClient.connect(
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
    const { state } = await client.create(TYPE, inputs, { preview: true });
    assert.deepEqual(state, inputs);
    assert.deepEqual(seen, [inputs]);
    assert.equal((state.nested as Properties).unknown, UNKNOWN);
  });

  it("accepts secrets, resources and outputs, and supports previews and autonaming", async () => {
    client = await ProviderClient.connect(echo());
    const request = new rpc.ProviderHandshakeRequest().setEngineAddress("127.0.0.1:1");
    const shake = await client.call<rpc.ProviderHandshakeResponse>((done) =>
      client.rpc.handshake(request, done),
    );
    assert.ok(shake.getAcceptSecrets() && shake.getAcceptResources() && shake.getAcceptOutputs());
    assert.ok(shake.getSupportsAutonamingConfiguration());
    const answer = await client.call<rpc.ConfigureResponse>((done) =>
      client.rpc.configure(new rpc.ConfigureRequest(), done),
    );
    assert.ok(answer.getAcceptsecrets() && answer.getSupportspreview());
  });

  it("refuses uncovered types, functions and components by name, and says what to install", async () => {
    client = await ProviderClient.connect(echo());
    const { failures } = await client.check("echo:index:Other", {});
    assert.equal(failures.length, 1);
    assert.match(failures[0]?.reason ?? "", /found type echo:index:Other/);
    assert.match(failures[0]?.reason ?? "", /covers echo:index:Echo only/);
    assert.match(failures[0]?.reason ?? "", /pulumi plugin install resource echo v1\.2\.3/);
    const invoke = client.call<rpc.InvokeResponse>((done) =>
      client.rpc.invoke(new rpc.InvokeRequest().setTok("echo:index:get"), done),
    );
    await assert.rejects(invoke, /found function echo:index:get/);
    const construct = client.call<rpc.ConstructResponse>((done) =>
      client.rpc.construct(new rpc.ConstructRequest(), done),
    );
    await assert.rejects(construct, /found a component resource/);
  });

  it("returns the state of a resource that exists but isn't ready", async () => {
    client = await ProviderClient.connect(
      echo({
        create: () => {
          const state = { a: new Secret("b") };
          throw new InitFailed("ns/x", state, ["the pod says no"], "not ready");
        },
      }),
    );
    const error: unknown = await client.create(TYPE, {}).catch((thrown: unknown) => thrown);
    assert.deepEqual(initFailure(error), {
      id: "ns/x",
      state: { a: new Secret("b") },
      reasons: ["not ready", "the pod says no"],
    });
  });

  it("answers Read with an empty id when the resource no longer exists", async () => {
    client = await ProviderClient.connect(echo());
    assert.equal((await client.read(TYPE, "x")).id, "");
  });

  it("aborts running operations when the user cancels", async () => {
    client = await ProviderClient.connect(
      echo({
        create: async ({ signal }) => {
          await pause(30_000, signal);
          return { id: "late", state: {} };
        },
      }),
    );
    const creating = assert.rejects(client.create(TYPE, {}), /cancelled/);
    await pause(100);
    await client.call<Empty>((done) => client.rpc.cancel(new Empty(), done));
    await creating;
  });

  it("sends messages to the engine in order, and clears the status at the end", async () => {
    const engine = new RecordingEngine();
    client = await ProviderClient.connect(
      echo({
        create: ({ log, inputs }) => {
          log.status("working");
          log.warning("careful");
          return Promise.resolve({ id: "x", state: inputs });
        },
      }),
    );
    await engine.greet(client);
    await client.create(TYPE, {});
    assert.deepEqual(engine.heard, ["status: working", "warning: careful", "status: "]);
    engine.close();
  });
});
