import assert from "node:assert/strict";
import { POOLED_CONNECTION_TIMEOUT_MS } from "../src/server/backend-connection.ts";
import { proxyToBackend } from "../src/server/backend-proxy.ts";
import { FakeBackend } from "./support/fake-backend.ts";
import { FakeService } from "./support/fake-service.ts";
import { pause, waitFor } from "./support/network.ts";

/** Sends requests in parallel loops until stopped, and records the failures. */
class Load {
  readonly failures: string[] = [];
  #stopped = false;
  readonly #runs: Promise<void>[] = [];

  constructor(backendUrl: URL, methods: readonly string[]) {
    for (const [index, method] of methods.entries()) {
      this.#runs.push(this.#run(backendUrl, method, index * 10));
    }
  }

  async #run(backendUrl: URL, method: string, intervalMs: number): Promise<void> {
    while (!this.#stopped) {
      const init = method === "GET" ? {} : { method, body: "{}" };
      const request = new Request("http://todo.example/api/tasks", init);
      const response = await proxyToBackend(request, { backendUrl, backendTimeoutMs: 5000 });
      await response.text();
      if (response.status !== 200) this.failures.push(`${method} ${response.status}`);
      await pause(intervalMs);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#runs);
  }
}

describe("while the API's pods are replaced", () => {
  let oldPod: FakeBackend;
  let newPod: FakeBackend;
  let service: FakeService;

  beforeEach(async () => {
    [oldPod, newPod] = await Promise.all([FakeBackend.start(), FakeBackend.start()]);
    service = await FakeService.open([oldPod.port]);
  });
  afterEach(() => {
    service.close();
    oldPod.kill();
    newPod.kill();
  });

  it("no request fails, whether it reads or writes", async () => {
    const methods = ["GET", "POST", "GET", "PATCH", "GET", "DELETE", "GET", "GET", "POST"];
    const load = new Load(service.url, methods);
    await waitFor(() => oldPod.seen.length > 50, "a steady load");
    service.endpoints = [newPod.port];
    oldPod.draining = true;
    await pause(POOLED_CONNECTION_TIMEOUT_MS + 500);
    await oldPod.close();
    await waitFor(() => newPod.seen.length > 50, "a steady load on the new pod");
    await load.stop();
    assert.deepEqual(load.failures, []);
  });

  it("no request that reads fails, even when a pod is killed", async () => {
    const load = new Load(
      service.url,
      Array.from({ length: 8 }, () => "GET"),
    );
    await waitFor(() => oldPod.seen.length > 50, "a steady load");
    oldPod.kill();
    service.endpoints = [newPod.port];
    await waitFor(() => newPod.seen.length > 50, "a steady load on the new pod");
    await load.stop();
    assert.deepEqual(load.failures, []);
  });
});
