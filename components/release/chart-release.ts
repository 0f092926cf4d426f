import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { renderChart } from "./render-chart";
import { chartValues, type ChartValuesArgs } from "./chart-values";
import { hashFiles, listFiles } from "../../lib/hash-files";
import type { Ownership } from "./ownership";
import { hasNodePort, serviceName, type Settings } from "../../settings";

export interface ChartReleaseArgs extends Omit<ChartValuesArgs, "chartHash"> {
  namespace: pulumi.Input<string>;
  /** What the program owns: the release is refused where it would own the same. */
  ownership: Ownership;
}

/**
 * The Helm release of the chart. It brings what goes around the workloads: the migration, which runs
 * before anything of a new version does, autoscalers, disruption budgets, network policies, the Ingress
 * and the Helm tests; with `workloads: chart` the Deployments and Services too.
 */
export class ChartRelease extends pulumi.ComponentResource {
  readonly release: kubernetes.helm.v3.Release;
  private readonly settings: Settings;

  constructor(name: string, args: ChartReleaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("todo-chatbot:chart:Release", name, {}, opts);
    const { settings, namespace } = args;
    this.settings = settings;
    const { path, releaseName, timeoutSeconds, maxHistory } = settings.chart;
    // The Release resource doesn't look into a chart that is a local folder: without the hash in
    // the values an edited template would change nothing.
    const chartHash = hashFiles(path, listFiles(path));
    const limit = `${timeoutSeconds + 60}s`;

    this.release = new kubernetes.helm.v3.Release(
      `${name}-release`,
      {
        name: releaseName,
        chart: path,
        namespace,
        createNamespace: false,
        values: chartValues({ ...args, chartHash }),
        // A failed upgrade goes back by itself, and leaves no release that is stuck half-way.
        atomic: true,
        cleanupOnFail: true,
        timeout: timeoutSeconds,
        maxHistory,
      },
      {
        parent: this,
        dependsOn: this.checked(args, chartHash),
        // A release of another name would find its objects to be those of the one before.
        deleteBeforeReplace: true,
        customTimeouts: { create: limit, update: limit, delete: limit },
      },
    );
    // Nothing that waits for the release: else its error would hide behind that of an output.
    this.registerOutputs({ name: releaseName });
  }

  /**
   * Nothing to wait for, once it is sure that no object would have two owners; else an error, and so no
   * release. What the chart makes depends on neither the images nor the names of ConfigMap and Secret, so
   * that a preview knows it too.
   */
  private checked(args: ChartReleaseArgs, chartHash: string): pulumi.Output<pulumi.Resource[]> {
    const { settings, ownership } = args;
    const { path, releaseName } = settings.chart;
    const any = {
      images: { backend: "image:any", frontend: "image:any" },
      configMapName: "any",
      secretName: "any",
      podAnnotations: {},
    };
    return pulumi.output(chartValues({ ...args, ...any, chartHash })).apply((values) =>
      renderChart(
        { path, releaseName, namespace: settings.namespace, values },
        { parent: this },
      ).apply((objects) => {
        ownership.check(objects);
        return [];
      }),
    );
  }

  /** NodePort of a web service whose Service the release made; undefined where it has none. */
  nodePort(component: "backend" | "frontend"): pulumi.Output<number | undefined> {
    const service = this.settings[component];
    const { nodePort } = service.service;
    if (!hasNodePort(service)) return pulumi.output(undefined);
    if (nodePort !== null) return pulumi.output(nodePort);
    const id = pulumi.interpolate`${this.release.status.namespace}/${serviceName(service)}`;
    const found = kubernetes.core.v1.Service.get(`${component}-of-release`, id, { parent: this });
    return found.spec.ports.apply((ports) => ports[0]?.nodePort);
  }
}
