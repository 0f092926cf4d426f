/** Runs the real helm on the chart, for the tests of the chart. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { helmTemplate as renderLocalChart } from "../../../lib/kubernetes/helm-template";
import { parseManifest } from "../../../lib/kubernetes/objects";
import { run } from "../../../lib/process/run";

/** The chart's folder. */
export const CHART = path.resolve(__dirname, "../../../helm/todo-app");

/** Values of the chart, as a user would write them into a file. */
export type Values = Readonly<Record<string, unknown>>;

/** One object that the chart renders. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  readonly spec: unknown;
}

/** The result of one run of helm. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs helm, with values on its standard input where there are any. */
export async function helm(args: readonly string[], values?: Values): Promise<Run> {
  const all = values === undefined ? args : [...args, "--values", "-"];
  // JSON is YAML in which "yes" can't be taken for a boolean.
  const input = values === undefined ? "" : JSON.stringify(values);
  const { code, stdout, stderr, notFound } = await run("helm", all, { input });
  if (notFound) {
    throw new Error(
      "These tests run the real helm, and there is none on PATH. Install Helm 3 (npm run doctor " +
        "says where the project looks for it), or put its folder in front of PATH.",
    );
  }
  return { code: code ?? 1, stdout, stderr };
}

/** Renders the chart as text; fails with helm's own words. */
export async function template(values: Values = {}, flags: readonly string[] = []) {
  const result = await helm(
    ["template", "todo-app", CHART, "--namespace", "todo-app", ...flags],
    values,
  );
  if (result.code !== 0) throw new Error(`helm template failed:\n${result.stderr}`);
  return result.stdout;
}

/** Renders the chart as objects, hooks and tests included. */
export async function render(values: Values = {}, flags: readonly string[] = []) {
  return parseManifest<Manifest>(await template(values, flags));
}

/** Does what the official plugin's function `kubernetes:helm:template` does with its one argument. */
export async function helmTemplate(jsonOpts: string): Promise<Manifest[]> {
  const options = JSON.parse(jsonOpts) as {
    path: string;
    release_name: string;
    namespace: string;
    values: Values;
  };
  const { path: chart, release_name: releaseName, namespace, values } = options;
  return renderLocalChart<Manifest>({
    path: chart,
    releaseName,
    namespace,
    values,
    includeTests: true,
  });
}

/** Returns helm's message for values that it has to refuse. */
export async function refusal(values: Values, flags: readonly string[] = []): Promise<string> {
  const result = await helm(["template", "todo-app", CHART, ...flags], values);
  if (result.code === 0) throw new Error(`helm accepted values that it has to refuse`);
  return result.stderr;
}

/** The one object of that kind and name. */
export function find(objects: readonly Manifest[], kind: string, name: string): Manifest {
  const found = objects.filter((object) => object.kind === kind && object.metadata.name === name);
  const [only] = found;
  if (only === undefined || found.length > 1) {
    const there = objects.map((object) => `${object.kind} ${object.metadata.name}`).join(", ");
    throw new Error(`expected one ${kind} ${name}, found ${found.length} among: ${there}`);
  }
  return only;
}

/** Names of all objects of a kind, sorted. */
export function names(objects: readonly Manifest[], kind: string): string[] {
  return objects
    .filter((object) => object.kind === kind)
    .map((object) => object.metadata.name)
    .sort();
}

/** A YAML or JSON file of the chart. */
export function chartFile(name: string): unknown {
  return parse(readFileSync(path.join(CHART, name), "utf8"));
}
