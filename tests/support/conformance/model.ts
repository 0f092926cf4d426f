import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import type { Resources } from "../../../cli/preview/recorded-resources";
import { Document } from "../../../scripts/docs/conformance/statements";
import { parseSettings, type Settings } from "../../../settings";
import { CHART, helm, type Manifest, type Values } from "../chart/helm";
import { Machine } from "../machine";
import { declaredConfig, deployProgram } from "../stacks";
import { asConfig } from "../values";

/** A stand-in for the one secret that nothing generates. */
const secrets = { cohereApiKey: "a-key-for-the-language-model" };

/** Who makes the Deployments and Services. */
export type Owner = Settings["workloads"];

/** What one data model's stack comes to. */
export interface Deployed {
  /** Every Kubernetes object: the program's own, and those that its release renders. */
  objects: readonly Manifest[];
  /** Values of the release, as the chart gets them. */
  values: Values;
  resources: Resources;
}

/** A data model, and the stack that makes the system which it describes. */
export class Model {
  readonly document: Document;
  /** The stack's settings by key, as its file has them. */
  readonly file: Readonly<Record<string, unknown>>;
  readonly settings: Settings;
  readonly #runs = new Map<Owner, Promise<Deployed>>();

  constructor(readonly id: string) {
    this.document = new Document(id);
    this.file = stackFile(id);
    this.settings = parseSettings(this.#config());
  }

  /** The system with the Deployments made by one owner; default: the one that the stack names. */
  deployed(owner: Owner = this.settings.workloads): Promise<Deployed> {
    const run = this.#runs.get(owner) ?? this.run({ workloads: owner });
    this.#runs.set(owner, run);
    return run;
  }

  /** Checks what must be true for both owners of the Deployments: the program and its release. */
  async always(check: (deployed: Deployed, owner: Owner) => void | Promise<void>): Promise<void> {
    for (const owner of ["pulumi", "chart"] as const) {
      await check(await this.deployed(owner), owner);
    }
  }

  /** Runs the program with this stack, and renders its release. */
  async run(over: Readonly<Record<string, unknown>> = {}): Promise<Deployed> {
    const { context: name, minikube } = this.settings;
    const machine = new Machine();
    machine.setContexts({ name, minikube: true });
    machine.setProfile(name, { runtime: minikube.containerRuntime });
    try {
      const secretKeys = [...Object.keys(secrets), ...Object.keys(over)];
      const config = this.#config({ ...secrets, ...over });
      const { resources } = await deployProgram({ stack: "dev", config, secretKeys });
      const release = resources.one("kubernetes:helm.sh/v3:Release");
      const { name, namespace, values } = release.inputs as Release;
      const rendered = await render(name, namespace, values);
      return { objects: [...own(resources), ...rendered], values, resources };
    } finally {
      machine.remove();
    }
  }

  #config(over: Readonly<Record<string, unknown>> = {}): Record<string, string> {
    const declared = Object.entries(declaredConfig()).map(
      ([key, { default: value }]) => [key, value] as const,
    );
    return asConfig({ ...Object.fromEntries(declared), ...this.file, ...over });
  }
}

interface Release {
  name: string;
  namespace: string;
  values: Values;
}

/** All data models. */
export const models: Readonly<Record<"000" | "001" | "002" | "003" | "004", Model>> = {
  "000": new Model("000"),
  "001": new Model("001"),
  "002": new Model("002"),
  "003": new Model("003"),
  "004": new Model("004"),
};

/** Settings of a data model's stack, by key without the project's name. */
export function stackFile(id: string): Record<string, unknown> {
  const path = join(__dirname, "../../conformance", `${id}.yaml`);
  const { config } = parse(readFileSync(path, "utf8")) as { config: Record<string, unknown> };
  const entries = Object.entries(config).map(([key, value]) => [key.split(":")[1] ?? key, value]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** Objects that the program itself makes. */
function own(resources: Resources): Manifest[] {
  return resources.all
    .filter(({ type, isRead }) => /^kubernetes:[^:]+:[A-Z]/.test(type) && !isRead)
    .filter(({ type }) => !type.includes("helm.sh"))
    .map(({ type, inputs }) => {
      const [, group = "", kind = ""] = type.split(":");
      return { apiVersion: group.replace(/^core\//, ""), kind, ...(inputs as object) } as Manifest;
    });
}

/** What helm makes of the chart with the values of a release. */
export async function render(
  name: string,
  namespace: string,
  values: Values,
  chart = CHART,
): Promise<Manifest[]> {
  const run = await helm(["template", name, chart, "--namespace", namespace], values);
  if (run.code !== 0) throw new Error(`helm template failed:\n${run.stderr}`);
  return parseAllDocuments(run.stdout, { version: "1.1" })
    .map((document) => document.toJS() as unknown)
    .filter((object): object is Manifest => object !== null);
}
