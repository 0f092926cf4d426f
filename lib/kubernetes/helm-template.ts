import { run } from "../process/run";
import { parseManifest } from "./objects";

/** What to render, as for `helm template`. */
export interface HelmTemplateOptions {
  /** Folder of the chart. */
  path: string;
  releaseName: string;
  namespace?: string;
  values?: unknown;
  /** Whether objects of Helm tests are rendered too. @default false */
  includeTests?: boolean;
}

/** There is no helm on PATH. */
export class HelmNotFound extends Error {}

/**
 * Renders a local chart with the helm on PATH, without a cluster. Hooks are included.
 *
 * @throws HelmNotFound where there is no helm on PATH.
 * @throws Error with helm's message where the chart or the values can't be rendered.
 */
export async function helmTemplate<T>(options: HelmTemplateOptions): Promise<T[]> {
  const { path, releaseName, namespace, values = {}, includeTests = false } = options;
  const args = [
    ...["template", releaseName, path],
    ...(namespace === undefined ? [] : [`--namespace=${namespace}`]),
    ...(includeTests ? [] : ["--skip-tests"]),
    "--values=-",
  ];
  // JSON is YAML in which "yes" can't be mistaken for a boolean.
  const result = await run("helm", args, { input: JSON.stringify(values) });
  if (result.notFound) throw new HelmNotFound("found no program helm on PATH");
  if (result.code !== 0) {
    throw new Error(`the chart can't be rendered: ${result.stderr.trim()}`);
  }
  return parseManifest<T>(result.stdout);
}
