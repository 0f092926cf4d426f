import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { renderChart } from "../../provider-stand-ins/kubernetes/release/template";
import { NotInstalled } from "../../provider-stand-ins/protocol/run";
import type { Properties } from "../../provider-stand-ins/protocol/values";
import type { KubernetesObject } from "../../lib/kubernetes/objects";
import type { Answer, Call } from "./record-program";

/**
 * What the providers answer at a preview of a new stack: the inputs, and beside them, as unknown, what only
 * an update can tell. A name that Kubernetes' provider would make up is made from the contents here, so that
 * a change of the contents shows where the name is used.
 */
export const answer: Answer = ({ type, name, inputs }) => {
  const state: Record<string, unknown> = { ...(inputs as object) };
  const unknown = pulumi.runtime.unknownValue;
  if (type.startsWith("kubernetes:")) {
    const metadata = state.metadata as { name?: string } | undefined;
    const suffix = createHash("sha256").update(JSON.stringify(inputs)).digest("hex").slice(0, 8);
    state.metadata = { ...metadata, name: metadata?.name ?? `${name}-${suffix}` };
  }
  if (type === "kubernetes:core/v1:Service") assignNodePort(state, unknown);
  if (type === "kubernetes:helm.sh/v3:Release") state.status = unknown;
  if (type === "docker:index/image:Image") state.repoDigest = unknown;
  // Known, so that the keys beside it stay known too; a secret, so that nobody sees it.
  if (type.startsWith("random:")) state.result = pulumi.secret(`drawn for ${name}`);
  if (type === "pulumi-nodejs:dynamic:Resource") state.generation ??= 1;
  return { id: "", state };
};

/**
 * What the providers' one function answers that the program calls: the objects of its chart, rendered by the
 * helm on PATH. Without one the program gets none.
 */
export class RenderedChart {
  /** The objects, once the program has asked for them. */
  objects: readonly KubernetesObject[] = [];
  /** Whether there was no helm to render them. */
  isMissing = false;

  readonly call: Call = async ({ token, inputs }) => {
    if (token !== "kubernetes:helm:template")
      throw new Error(`the plan knows no function ${token}`);
    try {
      const { result } = await renderChart(inputs as Properties);
      this.objects = result as unknown as KubernetesObject[];
    } catch (error) {
      if (!(error instanceof NotInstalled)) throw asOfGrpc(error);
      this.isMissing = true;
    }
    return { result: this.objects };
  };
}

/** An error as the SDK reads it: it takes the text from where gRPC has it. */
function asOfGrpc(error: unknown): Error {
  const details = error instanceof Error ? error.message : String(error);
  return Object.assign(new Error(details, { cause: error }), { details });
}

function assignNodePort(state: Record<string, unknown>, chosen: unknown): void {
  const { spec } = state as { spec?: { type?: string; ports?: { nodePort?: number }[] } };
  if (spec?.type !== "NodePort" && spec?.type !== "LoadBalancer") return;
  state.spec = { ...spec, ports: spec.ports?.map((port) => ({ nodePort: chosen, ...port })) };
}
