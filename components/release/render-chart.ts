import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { KubernetesObject } from "./ownership";

/** What is rendered, as for `helm template`. */
export interface RenderArgs {
  path: string;
  releaseName: string;
  namespace: string;
  values: unknown;
}

/**
 * The objects that a chart makes, hooks and tests included, already at a preview and without a cluster.
 * Kubernetes' provider renders it by the helm that is built into it (the function behind its helm.v3.Chart),
 * so that no helm has to be on PATH.
 *
 * @throws what helm says to a chart or to values that can't be rendered, as the output's error.
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
