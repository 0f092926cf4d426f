import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { hashContents } from "../../lib/hash-files";
import type { KubernetesObject } from "../../lib/kubernetes/objects";
import { isDestroying } from "../../lib/pulumi/destroying";
import { chartFiles } from "./chart-files";
import { withChartHash } from "./chart-values";
import { renderChart } from "./render-chart";

/** The Service of a web service, where the release owns it. */
export interface ReleasedService {
  /** Name of the Service. */
  readonly serviceName: pulumi.Input<string>;

  /** Whether its type is NodePort or LoadBalancer. */
  readonly hasNodePort: boolean;

  /**
   * Port on every node; only where it has one.
   *
   * @default chosen by the cluster
   */
  readonly nodePort?: number;
}

/** Arguments of {@link ChartRelease}. */
export interface ChartReleaseArgs {
  /** Folder of the chart, from the project's folder: the path is part of the release's identity. */
  readonly chartPath: string;

  /** Name of the release. */
  readonly releaseName: string;

  /** Namespace of the release and its objects, known once it exists. */
  readonly namespace: pulumi.Input<string>;

  /**
   * The Namespace, where this stack creates it: together with it the release is deleted without helm, whose
   * uninstall fails where the release was deleted by hand.
   *
   * @default the Namespace isn't this stack's, and helm uninstalls the release
   */
  readonly deletedWith?: pulumi.Resource;

  /** Values of the chart. */
  readonly values: Readonly<Record<string, pulumi.Input<unknown>>>;

  /** What the check of the objects renders; a preview knows all of it. */
  readonly preview: {
    /** Name of the namespace. */
    readonly namespace: string;
    /** The same values, with placeholders for what only an update knows. */
    readonly values: Readonly<Record<string, pulumi.Input<unknown>>>;
  };

  /** Checks the objects that the chart renders; where it throws, there is no release. */
  readonly checkObjects: (objects: readonly KubernetesObject[]) => void;

  /** Services whose NodePorts {@link ChartRelease.nodePort} returns. */
  readonly services: Readonly<Record<"backend" | "frontend", ReleasedService>>;

  /** Seconds after which the release fails and is rolled back; 1 or more. */
  readonly timeoutSeconds: number;

  /** Revisions that Helm keeps. */
  readonly maxHistory: pulumi.Input<number>;
}

/**
 * The Helm release of the chart. It contains what surrounds the workloads: the migration, which runs before
 * any pod of a new version starts, autoscalers, disruption budgets, network policies, the Ingress and the
 * Helm tests; with `workloads: chart` the Deployments and Services too.
 */
export class ChartRelease extends pulumi.ComponentResource {
  /** The release. */
  readonly release: kubernetes.helm.v3.Release;
  readonly #services: ChartReleaseArgs["services"];

  constructor(name: string, args: ChartReleaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("todo-chatbot:chart:Release", name, {}, opts);
    assertPossible(name, args);
    const { chartPath, releaseName, timeoutSeconds } = args;
    this.#services = args.services;
    const chartHash = hashContents(chartPath, chartFiles(chartPath));
    // Longer than Helm's own timeout, so that Helm's reason is reported.
    const timeout = `${timeoutSeconds + 60}s`;

    this.release = new kubernetes.helm.v3.Release(
      `${name}-release`,
      {
        name: releaseName,
        chart: chartPath,
        namespace: args.namespace,
        createNamespace: false,
        values: withChartHash(args.values, chartHash),
        // A failed upgrade rolls itself back, so that no release is stuck half-way.
        atomic: true,
        cleanupOnFail: true,
        timeout: timeoutSeconds,
        maxHistory: args.maxHistory,
      },
      {
        parent: this,
        dependsOn: this.#checkedObjects(args, chartHash),
        // A release of another name would find that its objects belong to the previous one.
        deleteBeforeReplace: true,
        ...(args.deletedWith !== undefined && { deletedWith: args.deletedWith }),
        customTimeouts: { create: timeout, update: timeout, delete: timeout },
      },
    );
    // No output of the release: its error would be hidden behind that of the output.
    this.registerOutputs({ name: releaseName });
  }

  /** Renders and checks the chart's objects: no dependencies where they pass, else an error. */
  #checkedObjects(
    { chartPath: path, releaseName, preview, checkObjects }: ChartReleaseArgs,
    chartHash: string,
  ): pulumi.Output<pulumi.Resource[]> {
    const { namespace } = preview;
    return pulumi.output(withChartHash(preview.values, chartHash)).apply((values) =>
      renderChart({ path, releaseName, namespace, values }, { parent: this }).apply((objects) => {
        checkObjects(objects);
        return [];
      }),
    );
  }

  /** Returns the NodePort of a Service that the release owns; undefined where it has none. */
  nodePort(component: "backend" | "frontend"): pulumi.Output<number | undefined> {
    const { serviceName, hasNodePort, nodePort } = this.#services[component];
    if (!hasNodePort || nodePort !== undefined) return pulumi.output(nodePort);
    if (isDestroying()) return pulumi.output(undefined);
    const id = pulumi.interpolate`${this.release.status.namespace}/${serviceName}`;
    const found = kubernetes.core.v1.Service.get(`${component}-of-release`, id, { parent: this });
    return found.spec.ports.apply((ports) => ports[0]?.nodePort);
  }
}

/** Throws where the arguments contradict each other, in a sentence that names the fields. */
function assertPossible(name: string, { timeoutSeconds, services }: ChartReleaseArgs): void {
  if (timeoutSeconds < 1) {
    throw new Error(
      `ChartRelease "${name}": timeoutSeconds is ${timeoutSeconds}; expected 1 or more.`,
    );
  }
  for (const [component, { hasNodePort, nodePort }] of Object.entries(services)) {
    if (!hasNodePort && nodePort !== undefined) {
      throw new Error(
        `ChartRelease "${name}": services.${component}.nodePort is ${nodePort}, but hasNodePort is false: ` +
          "leave out nodePort, or set hasNodePort.",
      );
    }
  }
}
