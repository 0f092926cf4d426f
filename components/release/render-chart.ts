import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { KubernetesObject } from "../../lib/kubernetes/objects";

/** What to render, as for `helm template`. */
export interface RenderArgs {
  /** Folder of the chart. */
  readonly path: string;
  readonly releaseName: string;
  readonly namespace: string;
  readonly values: unknown;
}

/**
 * Renders a chart, hooks and tests included, also at a preview and without a cluster. Kubernetes' provider
 * renders it with its built-in helm (the function behind helm.v3.Chart), so that no helm is needed on PATH.
 *
 * @returns the objects; a chart or values that can't be rendered reject the output with helm's message.
 */
export function renderChart(
  args: RenderArgs,
  opts: pulumi.InvokeOptions,
): pulumi.Output<readonly KubernetesObject[]> {
  const jsonOpts = JSON.stringify({
    path: resolve(args.path),
    release_name: args.releaseName,
    namespace: args.namespace,
    values: args.values,
    include_test_hook_resources: true,
  });
  const rendered = pulumi.runtime.invoke(
    "kubernetes:helm:template",
    { jsonOpts },
    opts,
  ) as Promise<{
    result: KubernetesObject[];
  }>;
  return pulumi.output(rendered.then(({ result }) => result));
}
