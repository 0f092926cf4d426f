import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { expandHome } from "../../lib/paths";
import type { Json, Value } from "../protocol/values";
import { at, objects } from "./api/json-fields";

/** Where a kubeconfig is. */
export interface Kubeconfig {
  /** One file, or several in KUBECONFIG's notation; undefined for kubectl's default. */
  path: string | undefined;
  /** Removes the temporary file, if there is one. */
  discard(): void;
}

/**
 * Finds the kubeconfig of the provider's setting: the path of a file, several paths, or the contents, which
 * are written to a temporary file.
 *
 * @throws Error where the setting is none of these.
 */
export function locateKubeconfig(setting: string | undefined): Kubeconfig {
  if (setting === undefined || setting === "") return { path: undefined, discard: () => undefined };
  const paths = setting.split(delimiter).map((path) => expandHome(path));
  if (paths.some((path) => existsSync(path))) {
    return { path: paths.join(delimiter), discard: () => undefined };
  }
  if (!/[\n{]/.test(setting)) {
    throw new Error(
      `found kubeconfig "${setting}", which is neither a file that exists nor a kubeconfig's contents: correct the path, or leave the setting out to use kubectl's own`,
    );
  }
  const directory = mkdtempSync(join(tmpdir(), "kubernetes-plugin-"));
  const path = join(directory, "kubeconfig");
  writeFileSync(path, setting, { mode: 0o600 });
  const discard = (): void => {
    rmSync(directory, { recursive: true, force: true });
  };
  return { path, discard };
}

/**
 * Returns the cluster's entry in a kubeconfig; undefined where there is none.
 *
 * @param setting the path of a file or its contents, as in {@link locateKubeconfig}.
 * @param context undefined for the kubeconfig's current context.
 */
export function activeCluster(setting: string, context: Value | undefined): Json | undefined {
  const file = expandHome(setting);
  const config = parse(existsSync(file) ? readFileSync(file, "utf8") : setting) as Json;
  const wanted = context ?? at(config, "current-context");
  const entry = objects(config, "contexts").find(({ name }) => name === wanted);
  if (entry === undefined) return undefined;
  const cluster = at(entry, "context", "cluster");
  return at(
    objects(config, "clusters").find(({ name }) => name === cluster),
    "cluster",
  );
}
