/** Runs the real helm on the chart, for the tests beside this file. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse, parseAllDocuments } from "yaml";

/** The chart's folder. */
export const CHART = path.resolve(__dirname, "../../helm/todo-app");

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

/** What a run of helm left. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs helm, with values on its standard input where there are any. */
export function helm(args: readonly string[], values?: Values): Promise<Run> {
  const all = values === undefined ? args : [...args, "--values", "-"];
  return new Promise((resolve, reject) => {
    const child = execFile("helm", all, { maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      if (error?.code === "ENOENT") {
        reject(
          new Error(
            "These tests run the real helm, and there is none on PATH. Install Helm 3 (npm run doctor " +
              "says where the project looks for it), or put its folder in front of PATH.",
          ),
        );
      } else {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
      }
    });
    // helm may have refused its arguments before it read its input.
    child.stdin?.on("error", () => undefined);
    // JSON is YAML in which "yes" can't be taken for a truth value.
    child.stdin?.end(values === undefined ? "" : JSON.stringify(values));
  });
}

/** Renders the chart as text; fails with helm's own words. */
export async function template(values: Values = {}, flags: readonly string[] = []) {
  const run = await helm(
    ["template", "todo-app", CHART, "--namespace", "todo-app", ...flags],
    values,
  );
  if (run.code !== 0) throw new Error(`helm template failed:\n${run.stderr}`);
  return run.stdout;
}

/** Renders the chart as objects, hooks and tests included. */
export async function render(values: Values = {}, flags: readonly string[] = []) {
  return parseObjects(await template(values, flags));
}

/** What the official plugin's function `kubernetes:helm:template` makes of its one argument. */
export async function helmTemplate(jsonOpts: string): Promise<Manifest[]> {
  const {
    path: chart,
    release_name,
    namespace,
    values,
  } = JSON.parse(jsonOpts) as {
    path: string;
    release_name: string;
    namespace: string;
    values: Values;
  };
  const run = await helm(["template", release_name, chart, "--namespace", namespace], values);
  if (run.code !== 0) throw new Error(run.stderr);
  return parseObjects(run.stdout);
}

/** The objects in a text of several YAML documents. */
export function parseObjects(text: string): Manifest[] {
  // YAML 1.1, as Kubernetes reads it: there `on` without quotes is a truth value.
  return parseAllDocuments(text, { version: "1.1" })
    .map((document): unknown => {
      const [problem] = document.errors;
      if (problem !== undefined) throw problem;
      return document.toJS() as unknown;
    })
    .filter((object): object is Manifest => object !== null);
}

/** What helm says to values that it has to refuse. */
export async function refusal(values: Values, flags: readonly string[] = []): Promise<string> {
  const run = await helm(["template", "todo-app", CHART, ...flags], values);
  if (run.code === 0) throw new Error(`helm took values that it has to refuse`);
  return run.stderr;
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

/** The value at a path such as "spec.template.spec.containers.0.image"; undefined where it ends. */
export function at(value: unknown, where: string): unknown {
  let here = value;
  for (const key of where.split(".")) {
    if (typeof here !== "object" || here === null) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

/** A YAML or JSON file of the chart. */
export function chartFile(name: string): unknown {
  return parse(readFileSync(path.join(CHART, name), "utf8"));
}
