import { parseAllDocuments } from "yaml";
import { UserError } from "../errors";

/** The parts of a Kubernetes object that identify it. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
}

/**
 * Parses the objects of a manifest with several YAML documents; empty documents are left out.
 *
 * @throws UserError where a document is not valid YAML.
 */
export function parseManifest<T = KubernetesObject>(text: string): T[] {
  // As helm and Kubernetes read it: YAML 1.1, where `on` without quotes is a boolean; of two equal keys the
  // last one counts.
  return parseAllDocuments(text, { version: "1.1", uniqueKeys: false })
    .map((document, index): unknown => {
      const [problem] = document.errors;
      if (problem !== undefined) {
        throw new UserError(
          `Document ${index + 1} of the manifest isn't valid YAML: ${problem.message}`,
          "Correct the template of the chart that renders it; `helm template` shows the text.",
          { cause: problem },
        );
      }
      return document.toJS() as unknown;
    })
    .filter((object): object is T => object !== null);
}
