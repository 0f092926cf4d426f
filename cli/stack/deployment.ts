import type { Environment } from "../environment/environment";
import { ask } from "./run-pulumi";

/** One resource of a stack's state, as far as it matters here. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

/** A stack's state: its resources. */
export interface Deployment {
  resources: StateResource[];
}

/** Reads the state. Secrets stay encrypted. */
export async function readDeployment(machine: Environment): Promise<Deployment> {
  const text = await ask(machine, ["stack", "export", "--stack", machine.stack]);
  const { deployment } = JSON.parse(text) as {
    deployment?: { resources?: StateResource[] | null };
  };
  return { resources: deployment?.resources ?? [] };
}

/** A namespace that a state has made. */
export interface KnownNamespace {
  name: string;
  uid: string | undefined;
}

/** The namespaces among a state's resources. */
export function namespacesOf({ resources }: Deployment): KnownNamespace[] {
  return resources
    .filter(({ type, id }) => type === "kubernetes:core/v1:Namespace" && id !== undefined)
    .map(({ id = "", outputs }) => {
      const metadata = outputs?.metadata as { name?: string; uid?: string } | undefined;
      return { name: metadata?.name ?? id, uid: metadata?.uid };
    });
}

/** Every name that a state's images in Minikube's node have had (see components/image/node-image.ts). */
export function nodeImagesOf({ resources }: Deployment): string[] {
  const names = resources
    .filter(({ type }) => type === "pulumi-nodejs:dynamic:Resource")
    .flatMap(({ outputs }) => (Array.isArray(outputs?.names) ? (outputs.names as string[]) : []));
  return [...new Set(names)];
}
