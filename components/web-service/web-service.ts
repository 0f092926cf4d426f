import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { objectLabels } from "../../settings/labels";
import { hasNodePort, serviceName, type Settings, type WebServiceSettings } from "../../settings";
import { podTemplate } from "./pod-template";

export interface WebServiceArgs {
  component: "backend" | "frontend";
  service: WebServiceSettings;
  settings: Settings;
  namespace: pulumi.Input<string>;
  /** Reference of the image. */
  image: pulumi.Input<string>;
  configMapName: pulumi.Input<string>;
  secretName: pulumi.Input<string>;
  /** Annotations of the pods: a change rolls them. */
  podAnnotations: Record<string, pulumi.Input<string>>;
}

/** A web server and its address: a Deployment and a Service. Backend and frontend are one each. */
export class WebService extends pulumi.ComponentResource {
  /** Port on every node; undefined where the Service has none. */
  readonly nodePort: pulumi.Output<number | undefined>;

  constructor(name: string, args: WebServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("todo-chatbot:app:WebService", name, {}, opts);
    const { component, service, settings, namespace } = args;
    const labels = objectLabels(settings, component, service.selectorLabels);
    const timeout = `${settings.rollout.timeoutSeconds}s`;

    new kubernetes.apps.v1.Deployment(
      `${name}-deployment`,
      {
        metadata: {
          name: service.name,
          namespace,
          labels,
          // What somebody has set by hand (kubectl scale), or the autoscaler before it was switched
          // off, is taken back, instead of ending the update with a conflict.
          annotations: { "pulumi.com/patchForce": "true" },
        },
        spec: {
          // A number here would fight the autoscaler at every update.
          ...(service.autoscaling.enabled ? {} : { replicas: service.replicas }),
          revisionHistoryLimit: settings.rollout.revisionHistoryLimit,
          progressDeadlineSeconds: settings.rollout.progressDeadlineSeconds,
          strategy: {
            type: "RollingUpdate",
            rollingUpdate: {
              maxSurge: settings.rollout.maxSurge,
              maxUnavailable: settings.rollout.maxUnavailable,
            },
          },
          selector: { matchLabels: service.selectorLabels },
          template: podTemplate(args),
        },
      },
      {
        parent: this,
        customTimeouts: { create: timeout, update: timeout },
        // Without it, the update that switches the autoscaler on would scale down to 1 first.
        ...(service.autoscaling.enabled && { ignoreChanges: ["spec.replicas"] }),
      },
    );

    const { type, port, nodePort } = service.service;
    const exposed = hasNodePort(service);
    const k8sService = new kubernetes.core.v1.Service(
      `${name}-service`,
      {
        metadata: {
          name: serviceName(service),
          namespace,
          labels,
          // The Deployment is awaited. The Service's own await takes ten seconds more for the same
          // pods, and ten minutes for a LoadBalancer on a Minikube without a tunnel.
          annotations: { "pulumi.com/skipAwait": "true" },
        },
        spec: {
          type,
          selector: service.selectorLabels,
          ports: [
            {
              name: "http",
              port,
              targetPort: service.port,
              protocol: "TCP",
              ...(exposed && nodePort !== null && { nodePort }),
            },
          ],
        },
      },
      // A fixed name and a fixed NodePort can't exist twice: the old Service goes first.
      { parent: this, deleteBeforeReplace: true },
    );

    // A pinned port is known at preview already; one that the cluster chose, once it has.
    this.nodePort =
      exposed && nodePort === null
        ? k8sService.spec.ports.apply((ports) => ports[0]?.nodePort)
        : pulumi.output(exposed ? (nodePort ?? undefined) : undefined);
    this.registerOutputs({ nodePort: this.nodePort });
  }
}
