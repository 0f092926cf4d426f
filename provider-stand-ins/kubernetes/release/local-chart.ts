import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import type { Json } from "../../protocol/values";
import { objects, text } from "../api/json-fields";

/** The chart in a local folder. */
export interface Chart {
  name: string;
  version: string;
}

/**
 * Reads Chart.yaml.
 *
 * @param path the chart's folder, relative to the program's folder, in which plugins run.
 * @throws Error where there is no chart, or it lacks its name, its version or a dependency.
 */
export function readChart(path: string): Chart {
  const file = join(path, "Chart.yaml");
  if (!existsSync(file)) {
    throw new Error(
      `found no chart at "${path}" (expected ${resolve(file)}); this stand-in covers charts in local folders only`,
    );
  }
  const chart = parse(readFileSync(file, "utf8")) as Json;
  const [name, version] = [text(chart, "name"), text(chart, "version")];
  if (name === "" || version === "") {
    throw new Error(`found no name or no version in ${file}: a chart needs both`);
  }
  const missing = objects(chart, "dependencies")
    .map((dependency) => text(dependency, "name"))
    .filter((dependency) => !isPresent(path, dependency));
  if (missing.length > 0) {
    throw new Error(
      `the chart's dependencies ${missing.join(", ")} are missing under ${join(path, "charts")}: run "helm dependency build ${path}"`,
    );
  }
  return { name, version };
}

function isPresent(path: string, dependency: string): boolean {
  const folder = join(path, "charts");
  if (!existsSync(folder)) return false;
  return readdirSync(folder).some(
    (entry) =>
      entry === dependency || (entry.startsWith(`${dependency}-`) && entry.endsWith(".tgz")),
  );
}
