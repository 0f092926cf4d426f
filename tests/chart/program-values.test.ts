import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { valueOf } from "../../cli/preview/registered-resource";
import { chartValues } from "../../components/release/chart-values";
import { mergeInputs } from "../../lib/pulumi/merge-inputs";
import { chartFile, template } from "../support/chart/helm";
import { EVERYTHING } from "../support/chart/scenarios";
import { type Leaf, leaves, others } from "../support/chart/schema";
import { settingsWith } from "../support/fixtures";

type Tree = Record<string | number, unknown>;

/** The chart's values with one of them at a leaf. */
function withLeaf(values: Tree, { path }: Leaf, value: unknown): Tree {
  const copy = structuredClone(values);
  const parent = path.slice(0, -1).reduce<Tree>((here, key) => here[key] as Tree, copy);
  parent[path.at(-1) ?? ""] = value;
  return copy;
}

/** Whether the settings let chart.values set a leaf. */
function isAllowed({ path }: Leaf, value: unknown, workloads: string): boolean {
  const text = path.map(String);
  // A list is set as a whole.
  const list = text.findIndex((key) => /^\d+$/.test(key));
  const keys = list < 0 ? text : text.slice(0, list);
  const values = keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
  try {
    settingsWith({ workloads, chart: { values } });
    return true;
  } catch (error) {
    assert.match(String(error), /chart\.values\.|configMap\.data\.BETTER_AUTH_URL/);
    return false;
  }
}

/** The values that the program gives to the chart, over all others. */
async function programValues(workloads: string): Promise<Tree[]> {
  const autoscaling = { enabled: true };
  const everything = { ...EVERYTHING, backend: { autoscaling }, frontend: { autoscaling } };
  const settings = settingsWith({ workloads });
  const images = { backend: "image:1", frontend: "image:1" };
  const given = await valueOf(
    chartValues(settings, {
      images,
      configMapName: "a",
      secretName: "a",
      podAnnotations: {},
      ipv6: false,
    }),
  );
  const defaults = chartFile("values.yaml");
  return [everything, {}].map((more) => mergeInputs(mergeInputs(defaults, given), more) as Tree);
}

describe("chart: values that the settings let chart.values set", () => {
  for (const workloads of ["pulumi", "chart"]) {
    it(`have an effect, each of them (workloads: ${workloads})`, async function () {
      this.timeout(600_000);
      // One place allows a single value; whether that is used shows without the schema.
      const flags = ["--skip-schema-validation"];
      const scenarios = await programValues(workloads);
      const before = await Promise.all(scenarios.map((values) => template(values, flags)));
      const without: string[] = [];
      const queue = leaves();
      const hasEffect = async (leaf: Leaf) => {
        for (const [index, values] of scenarios.entries()) {
          const current = leaf.path.reduce<unknown>((here, key) => (here as Tree)[key], values);
          for (const value of others({ ...leaf, value: current })) {
            if (!isAllowed(leaf, value, workloads)) return true;
            const after = await template(withLeaf(values, leaf, value), flags).catch(String);
            if (after !== before[index]) return true;
          }
        }
        return false;
      };
      const worker = async () => {
        for (let leaf = queue.shift(); leaf !== undefined; leaf = queue.shift()) {
          if (!(await hasEffect(leaf))) without.push(leaf.path.join("."));
        }
      };
      await Promise.all(Array.from({ length: availableParallelism() }, worker));
      assert.deepEqual(without, []);
    });
  }
});
