import { parseAllDocuments } from "yaml";

/** The parts of a Kubernetes object that identify it. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
}

/**
 * Parses the objects of a manifest with several YAML documents; empty documents are left out.
 *
 * @throws Error where a document is not valid YAML.
 */
export function parseManifest<T = KubernetesObject>(text: string): T[] {
  // YAML 1.1, as Kubernetes reads it: there `on` without quotes is a boolean.
  return parseAllDocuments(text, { version: "1.1" })
    .map((document): unknown => {
      const [problem] = document.errors;
      if (problem !== undefined) throw problem;
      return document.toJS() as unknown;
    })
    .filter((object): object is T => object !== null);
}
