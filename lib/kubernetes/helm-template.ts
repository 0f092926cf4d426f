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

/** The options of Pulumi's function `kubernetes:helm:template` that are known here. */
interface ChartOptions {
  path: string;
  release_name: string;
  namespace?: string;
  values?: unknown;
  include_test_hook_resources?: boolean;
}

const knownOptions: readonly (keyof ChartOptions)[] = [
  "include_test_hook_resources",
  "namespace",
  "path",
  "release_name",
  "values",
];

/**
 * Parses the options of Pulumi's function `kubernetes:helm:template`.
 *
 * @param json the function's argument `jsonOpts`, as the SDK's `helm.v3.Chart` writes it.
 * @throws Error where an option isn't known: what it asks for would be missing in the rendered objects.
 */
export function parseTemplateOptions(json: string): HelmTemplateOptions {
  const options = JSON.parse(json) as ChartOptions;
  const known: readonly string[] = knownOptions;
  const others = Object.keys(options).filter((key) => !known.includes(key));
  if (others.length > 0) {
    throw new Error(
      `found the chart options ${others.join(", ")}; only ${known.join(", ")} are supported`,
    );
  }
  return {
    path: options.path,
    releaseName: options.release_name,
    namespace: options.namespace,
    values: options.values,
    includeTests: options.include_test_hook_resources,
  };
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
