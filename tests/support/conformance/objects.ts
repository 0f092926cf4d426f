import { at } from "../../../lib/pulumi/values";
import { check, policyResource, type Violation } from "../../../policies";
import { find, type Manifest } from "../chart/helm";
import type { Deployed, Model } from "./model";

/** The two web services. */
export const components = ["backend", "frontend"] as const;

/** A container, as far as the data models speak of it. */
export interface Container {
  name: string;
  image: string;
  imagePullPolicy: string;
  ports: { containerPort: number }[];
  envFrom: { configMapRef: { name: string } }[];
  env: {
    name: string;
    value?: string;
    valueFrom?: { secretKeyRef: { name: string; key: string; optional?: boolean } };
  }[];
  resources: { requests: Record<string, string>; limits: Record<string, string> };
  startupProbe: Probe;
  livenessProbe: Probe;
  readinessProbe: Probe;
}

/** A probe by HTTP. */
export interface Probe {
  httpGet: { path: string; port: number };
  initialDelaySeconds: number;
  periodSeconds: number;
  timeoutSeconds: number;
  failureThreshold: number;
  successThreshold: number;
}

/** The only container of a Deployment. */
export function containerOf(objects: readonly Manifest[], deployment: string): Container {
  const path = "spec.template.spec.containers";
  const containers = at(find(objects, "Deployment", deployment), path) as Container[];
  const [only] = containers;
  if (only === undefined || containers.length > 1) {
    throw new Error(`expected one container of ${deployment}, found ${containers.length}`);
  }
  return only;
}

/** CPU and memory of a container: what the data models speak of. */
export function sizesOf({ resources }: Container) {
  const of = ({ cpu, memory }: Record<string, string>) => ({ cpu, memory });
  return { requests: of(resources.requests), limits: of(resources.limits) };
}

/** Path, first delay and period of a probe. */
export function asked({ httpGet, initialDelaySeconds, periodSeconds }: Probe) {
  return { path: httpGet.path, delay: initialDelaySeconds, period: periodSeconds };
}

/** Port, target and, where it has one, the nodes' port of a Service. */
export function portsOf(objects: readonly Manifest[], service: string) {
  const found = find(objects, "Service", service);
  const [port, ...others] = at(found, "spec.ports") as {
    name: string;
    protocol: string;
    port: number;
    targetPort: number | string;
    nodePort?: number;
  }[];
  if (port === undefined || others.length > 0) throw new Error(`${service} has not one port`);
  return { type: at(found, "spec.type") as string, ...port };
}

/** Everything that makes pods: with the template of its pods. */
export function podsOf(objects: readonly Manifest[]): { name: string; pod: unknown }[] {
  return objects.flatMap((object) => {
    const template = object.kind === "Pod" ? object : at(object, "spec.template");
    return template === undefined ? [] : [{ name: object.metadata.name, pod: template }];
  });
}

/** Returns the policy violations of a stack's objects, of Pulumi's and of the release's. */
export function violations({ settings }: Model, { objects }: Deployed): Violation[] {
  const resources = objects.map(policyResource);
  return resources.flatMap((resource) => check(resource, { settings, resources }));
}
