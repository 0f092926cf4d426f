import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import type { Values } from "../support/chart/helm";
import { chartFile, template } from "../support/chart/helm";
import { COMPLETE, DEFAULTS, EVERYTHING, GIVEN } from "../support/chart/scenarios";
import type { Leaf, Schema } from "../support/chart/schema";
import { leaves, others, resolve, ROOT } from "../support/chart/schema";

type Tree = Record<string | number, unknown>;

/** Values over values, as Helm lays them: maps together, everything else replaced. */
function merge(under: Tree, over: Values): Tree {
  const result: Tree = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = result[key];
    const maps = [below, value].every(
      (item) => typeof item === "object" && item !== null && !Array.isArray(item),
    );
    result[key] = maps ? merge(below as Tree, value as Values) : value;
  }
  return result;
}

/** What a set of values has for a leaf. */
function valueAt(values: Tree, { path }: Leaf): unknown {
  return path.reduce<unknown>((here, key) => (here as Tree)[key], values);
}

/** A full set of values in which one leaf is another. */
function mutated(base: Tree, { path }: Leaf, value: unknown): Values {
  const copy = structuredClone(base);
  let here = copy;
  for (const key of path.slice(0, -1)) here = here[key] as Tree;
  here[path.at(-1) ?? ""] = value;
  return copy;
}

/** Renders the chart; what is generated anew each time is left out. */
async function rendered(values: Values, flags: readonly string[]): Promise<string> {
  const text = await template(values, flags);
  return text.replaceAll(/\b[A-Za-z0-9]{48}\b/g, "…").replaceAll(/checksum\/secret: .*/g, "");
}

/** Runs the jobs, as many at once as there are processors. */
async function inParallel<T>(items: readonly T[], job: (item: T) => Promise<void>) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await job(item);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
}

describe("chart: values", () => {
  it("are used, each of them: another value makes another output", async function () {
    this.timeout(420_000);
    const defaults = chartFile("values.yaml") as Tree;
    // The schema allows only one value in some places; whether that one is used shows without it.
    const flags = ["--skip-schema-validation"];
    const scenarios = [EVERYTHING, COMPLETE, DEFAULTS, GIVEN].map((over) => merge(defaults, over));
    const before = await Promise.all(scenarios.map((values) => rendered(values, flags)));

    const unused: string[] = [];
    await inParallel(leaves(), async (leaf) => {
      for (const [index, values] of scenarios.entries()) {
        for (const value of others({ ...leaf, value: valueAt(values, leaf) })) {
          const after = await rendered(mutated(values, leaf, value), flags).catch(String);
          // Where it doesn't fit the rest of one scenario, it has to fit another.
          if (/^Error:[^]*can't be used/.test(after)) continue;
          assert.doesNotMatch(
            after,
            /^Error:/,
            `${leaf.path.join(".")} = ${JSON.stringify(value)}`,
          );
          if (after !== before[index]) return;
        }
      }
      unused.push(leaf.path.join("."));
    });
    assert.deepEqual(unused, []);
  });

  it("have a default for every key of the schema, and the schema is closed everywhere", () => {
    const wrong: string[] = [];
    const visit = (schema: Schema, value: unknown, where: string) => {
      const here = resolve(schema);
      const types = [here.type ?? []].flat();
      if (
        types.includes("object") &&
        [undefined, true].includes(here.additionalProperties as true)
      ) {
        wrong.push(`${where} takes any key`);
      }
      if (here.type === undefined && here.enum === undefined && here.const === undefined) {
        wrong.push(`${where} takes anything`);
      }
      for (const [key, below] of Object.entries(here.properties ?? {})) {
        // What Helm puts there is another chart's: this one neither has it by default nor uses it.
        if (schema === ROOT && key === "global") continue;
        const found = (value as Tree | undefined)?.[key];
        if (found === undefined && value !== undefined)
          wrong.push(`${where}.${key} has no default`);
        visit(below, found, `${where}.${key}`);
      }
      if (here.items !== undefined)
        visit(here.items, (value as Tree | undefined)?.[0], `${where}.0`);
      if (typeof here.additionalProperties === "object") {
        visit(here.additionalProperties, undefined, `${where}.*`);
      }
    };
    visit(ROOT, chartFile("values.yaml"), "values");
    assert.deepEqual(wrong, []);
  });
});
