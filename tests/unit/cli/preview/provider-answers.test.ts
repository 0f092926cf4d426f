import assert from "node:assert/strict";
import { RenderedChart } from "../../../../cli/preview/provider-answers";

const call = (token: string, options: Record<string, unknown>): Promise<unknown> =>
  Promise.resolve(
    new RenderedChart().call({ token, inputs: { jsonOpts: JSON.stringify(options) } }),
  );

describe("preview:ci: answers of the providers", () => {
  it("refuse an option of the chart whose effect the plan would lack", async () => {
    await assert.rejects(
      call("kubernetes:helm:template", { path: ".", release_name: "a", skip_await: true }),
      /found the chart options skip_await; only include_test_hook_resources, namespace/,
    );
  });

  it("refuse a function that isn't known", async () => {
    await assert.rejects(call("kubernetes:yaml:decode", {}), /knows no function kubernetes:yaml/);
  });
});
