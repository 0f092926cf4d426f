import assert from "node:assert/strict";
import { IDLE_MS } from "../src/server/backend.ts";
import { proxy } from "../src/server/proxy.ts";
import { Backend } from "./support/backend.ts";
import { pause, waitFor } from "./support/net.ts";
import { Service } from "./support/service.ts";

/** Asks again and again until told to stop, and notes what didn't go well. */
class Load {
  readonly failures: string[] = [];
  #stopped = false;
  readonly #runs: Promise<void>[] = [];

  constructor(backendUrl: URL, methods: readonly string[]) {
    for (const [index, method] of methods.entries()) {
      this.#runs.push(this.#run(backendUrl, method, index * 10));
    }
  }

  async #run(backendUrl: URL, method: string, rest: number): Promise<void> {
    while (!this.#stopped) {
      const init = method === "GET" ? {} : { method, body: "{}" };
      const request = new Request("http://todo.example/api/tasks", init);
      const response = await proxy(request, { backendUrl, backendTimeoutMs: 5000 });
      await response.text();
      if (response.status !== 200) this.failures.push(`${method} ${response.status}`);
      await pause(rest);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#runs);
  }
}

describe("while the API's pods are replaced", () => {
  let old: Backend;
  let fresh: Backend;
  let service: Service;

  beforeEach(async () => {
    [old, fresh] = await Promise.all([Backend.start(), Backend.start()]);
    service = await Service.open([old.port]);
  });
  afterEach(() => {
    service.close();
    old.kill();
    fresh.kill();
  });

  it("not one request fails: neither one that reads nor one that writes", async () => {
    const methods = ["GET", "POST", "GET", "PATCH", "GET", "DELETE", "GET", "GET", "POST"];
    const load = new Load(service.url, methods);
    await waitFor(() => old.seen.length > 50, "a steady load");
    service.endpoints = [fresh.port];
    old.draining = true;
    await pause(IDLE_MS + 500);
    await old.close();
    await waitFor(() => fresh.seen.length > 50, "a steady load on the new pod");
    await load.stop();
    assert.deepEqual(load.failures, []);
  });

  it("not one request that reads fails even when a pod is killed", async () => {
    const load = new Load(
      service.url,
      Array.from({ length: 8 }, () => "GET"),
    );
    await waitFor(() => old.seen.length > 50, "a steady load");
    old.kill();
    service.endpoints = [fresh.port];
    await waitFor(() => fresh.seen.length > 50, "a steady load on the new pod");
    await load.stop();
    assert.deepEqual(load.failures, []);
  });
});
