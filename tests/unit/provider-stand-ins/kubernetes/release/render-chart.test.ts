import assert from "node:assert/strict";
import { kubernetesProvider } from "../../../../../provider-stand-ins/kubernetes/kubernetes-provider";
import { CHART } from "../../../../support/chart/helm";
import { at } from "../../../../support/values";

const TEMPLATE = "kubernetes:helm:template";

/** Renders as helm's Chart of the SDK asks for it. */
async function rendered(options: Record<string, unknown>): Promise<unknown[]> {
  const provider = kubernetesProvider();
  const all = { path: CHART, release_name: "todo-app", namespace: "mine", ...options };
  const answer = await provider.invoke?.(TEMPLATE, { jsonOpts: JSON.stringify(all) });
  return answer?.result as unknown[];
}

describe("stand-in kubernetes: rendering a chart", () => {
  it("returns the objects, hooks included, and tests on request", async () => {
    const values = { backend: { replicas: 3 } };
    const kinds = (objects: unknown[]) => new Set(objects.map((object) => at(object, "kind")));
    const objects = await rendered({ values, include_test_hook_resources: true });
    assert.ok(kinds(objects).has("Job") && kinds(objects).has("Pod"));
    assert.ok(!kinds(await rendered({ values })).has("Pod"));
    const backend = objects.find(
      (object) =>
        at(object, "kind") === "Deployment" && at(object, "metadata.name") === "todo-backend",
    );
    assert.equal(at(backend, "spec.replicas"), 3);
    assert.equal(at(backend, "metadata.namespace"), "mine");
  });

  it("passes on helm's message about values that the chart rejects", async () => {
    await assert.rejects(
      rendered({ values: { nonsense: 1 } }),
      /the chart can't be rendered: [\s\S]*additional properties 'nonsense' not allowed/,
    );
  });

  it("names the options that it doesn't know", async () => {
    await assert.rejects(
      rendered({ fetch_opts: { repo: "https://charts.example.org" } }),
      /found the chart options fetch_opts; only include_test_hook_resources, namespace, path/,
    );
    assert.equal(kubernetesProvider().invoke?.("kubernetes:yaml:decode", {}), undefined);
  });
});
