import * as pulumi from "@pulumi/pulumi";
import { helmTemplate } from "./chart/helm";

interface KubernetesInputs {
  metadata?: { name?: string };
  spec?: { type?: string; ports?: { nodePort?: number }[] };
}

/** NodePort that this cluster chooses where none is pinned. */
export const CHOSEN_NODE_PORT = 31_234;

/** Digest that this registry answers a push with. */
export const PUSHED_DIGEST = `sha256:${"d".repeat(64)}`;

/** The node in which images are built. */
export const node = {
  /** How often it was found without an image, plus one. */
  generation: 1,
};

/**
 * Answers for the providers: with the inputs, and in addition with what only a provider knows. At a preview
 * that is unknown, as with the real ones.
 */
export function answer(
  { type, name, inputs, id }: pulumi.runtime.MockResourceArgs,
  preview: boolean,
): { id: string; state: Record<string, unknown> } {
  const state: Record<string, unknown> = { ...(inputs as object) };
  const computed = <T>(value: T) => (preview ? pulumi.runtime.unknownValue : value);
  if (type.startsWith("kubernetes:")) named(state, name, id);
  switch (type) {
    case "kubernetes:core/v1:Service":
      assignNodePort(state, computed(CHOSEN_NODE_PORT));
      break;
    case "kubernetes:helm.sh/v3:Release":
      state.status = computed({ namespace: state.namespace, name: state.name, status: "deployed" });
      break;
    case "docker:index/image:Image": {
      const { imageName, skipPush } = state as { imageName: string; skipPush: boolean };
      const pushed = `${imageName.replace(/:[^:/]*$/, "")}@${PUSHED_DIGEST}`;
      state.repoDigest = computed(skipPush ? "sha256:0123456789ab" : pushed);
      break;
    }
    case "random:index/randomPassword:RandomPassword":
      state.result = pulumi.secret(computed(`generated-for-${name}`));
      break;
    case "pulumi-nodejs:dynamic:Resource":
      state.generation ??= node.generation;
      break;
  }
  // What is not there yet has no id at a preview.
  return { id: preview ? "" : `${name}-id`, state };
}

/** What the providers' functions answer: a chart is rendered by the real helm. */
export function call({
  token,
  inputs,
}: pulumi.runtime.MockCallArgs): Promise<Record<string, unknown>> {
  if (token !== "kubernetes:helm:template") throw new Error(`no provider has function ${token}`);
  const { jsonOpts } = inputs as { jsonOpts: string };
  const known = templates.get(jsonOpts) ?? template(jsonOpts);
  templates.set(jsonOpts, known);
  return known;
}

async function template(jsonOpts: string): Promise<Record<string, unknown>> {
  try {
    return { result: await helmTemplate(jsonOpts) };
  } catch (error) {
    // The SDK takes the text from where gRPC has it.
    throw Object.assign(new Error(String(error), { cause: error }), { details: String(error) });
  }
}

/** Rendered charts: a program asks for the same one at a preview and after it. */
const templates = new Map<string, Promise<Record<string, unknown>>>();

/** Kubernetes' provider names what has no name, at a preview already. */
function named(state: Record<string, unknown>, name: string, id: string | undefined): void {
  const { metadata } = state as KubernetesInputs;
  // One that is read comes with its id, namespace/name.
  const generated = id === undefined || id === "" ? `${name}-1a2b3c4d` : id.split("/").at(-1);
  state.metadata = { ...metadata, name: metadata?.name ?? generated };
}

function assignNodePort(state: Record<string, unknown>, chosen: unknown): void {
  const { spec } = state as KubernetesInputs;
  // Without a spec it's one that the release made, and that is only read.
  if (spec === undefined) state.spec = { ports: [{ nodePort: chosen }] };
  else if (spec.type === "NodePort" || spec.type === "LoadBalancer") {
    state.spec = { ...spec, ports: spec.ports?.map((port) => ({ nodePort: chosen, ...port })) };
  }
}
