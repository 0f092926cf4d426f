import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { messageOf } from "../../lib/errors";
import {
  HelmNotFound,
  helmTemplate,
  parseTemplateOptions,
} from "../../lib/kubernetes/helm-template";
import type { KubernetesObject } from "../../lib/kubernetes/objects";
import { unwrap } from "../../lib/pulumi/values";
import type { Answer, Call } from "./record-program";

/**
 * Answers for the providers as at a preview of a new stack: with the inputs, and with what only an update can
 * know as unknown. A name that Kubernetes' provider would choose is derived from the contents here, so that a
 * change of the contents shows wherever the name is used.
 */
export const answer: Answer = ({ type, name, inputs, id }) => {
  const state: Record<string, unknown> = { ...(inputs as object) };
  const unknown = pulumi.runtime.unknownValue;
  if (type.startsWith("kubernetes:")) {
    const metadata = state.metadata as { name?: string } | undefined;
    // One that is read has its name in its id, `namespace/name`.
    const read = id === undefined || id === "" ? undefined : id.split("/").at(-1);
    const suffix = createHash("sha256").update(JSON.stringify(inputs)).digest("hex").slice(0, 8);
    state.metadata = { ...metadata, name: metadata?.name ?? read ?? `${name}-${suffix}` };
  }
  if (type === "kubernetes:core/v1:Service") assignNodePort(state, unknown);
  if (type === "kubernetes:helm.sh/v3:Release") state.status = unknown;
  if (type === "docker:index/image:Image") state.repoDigest = unknown;
  // Known, so that keys that are computed with it stay known too; a secret, so that it is never shown.
  if (type.startsWith("random:")) state.result = pulumi.secret(`drawn for ${name}`);
  if (type === "pulumi-nodejs:dynamic:Resource") state.generation ??= 1;
  return { id: "", state };
};

/**
 * Answers the one function of a provider that the program calls: it renders the chart, with the helm on PATH.
 * Without one the program gets no objects.
 */
export class RenderedChart {
  /** The objects, once the program has called the function. */
  objects: readonly KubernetesObject[] = [];
  /** Whether there was no helm to render them. */
  isMissing = false;

  /** The answer to a call. */
  readonly call: Call = async ({ token, inputs }) => {
    if (token !== "kubernetes:helm:template") {
      throw new Error(`the plan knows no function ${token}`);
    }
    const { jsonOpts } = unwrap(inputs) as { jsonOpts: string };
    try {
      this.objects = await helmTemplate<KubernetesObject>(parseTemplateOptions(jsonOpts));
    } catch (error) {
      if (!(error instanceof HelmNotFound)) throw grpcError(error);
      this.isMissing = true;
    }
    return { result: this.objects };
  };
}

/** Returns an error in the form in which the SDK reads gRPC's: it takes the text from `details`. */
function grpcError(error: unknown): Error {
  const details = messageOf(error);
  return Object.assign(new Error(details, { cause: error }), { details });
}

function assignNodePort(state: Record<string, unknown>, chosen: unknown): void {
  const { spec } = state as { spec?: { type?: string; ports?: { nodePort?: number }[] } };
  if (spec?.type !== "NodePort" && spec?.type !== "LoadBalancer") return;
  state.spec = { ...spec, ports: spec.ports?.map((port) => ({ nodePort: chosen, ...port })) };
}
