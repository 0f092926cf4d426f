/**
 * What the chart installs by itself, from values/dev.yaml and values/prod.yaml, is what the Pulumi
 * program makes for the stacks of the same names: every object, field by field.
 */
import assert from "node:assert/strict";
import path from "node:path";
import {
  byName,
  type Difference,
  DIFFERENCES,
  type Objects,
  tidy,
} from "../../support/chart/differences";
import { CHART, type Manifest, render, type Values } from "../../support/chart/helm";
import type { Resources } from "../../support/deploy";
import { Machine } from "../../support/machine";
import { run } from "../../support/scenarios";

type Stack = "dev" | "prod";

/** Kinds that must be compared at minimum: a comparison of nothing would pass as well. */
const KINDS: Readonly<Record<Stack, readonly string[]>> = {
  dev: [
    "ConfigMap",
    "Deployment",
    "Job",
    "Namespace",
    "NetworkPolicy",
    "Secret",
    "Service",
    "StatefulSet",
  ],
  prod: ["ConfigMap", "Deployment", "HorizontalPodAutoscaler", "Job", "NetworkPolicy", "Service"],
};

/** All that the program makes, by itself and by its release. */
async function byProgram(resources: Resources): Promise<Objects> {
  const own = resources.all
    .filter(
      ({ type, isRead }) => type.startsWith("kubernetes:") && !type.includes("Release") && !isRead,
    )
    .map(({ type, name, inputs }) => {
      const { metadata, ...rest } = inputs as Omit<Manifest, "kind">;
      const [, group = "", kind = ""] = type.split(":");
      return {
        ...rest,
        apiVersion: group === "core/v1" ? "v1" : group,
        kind,
        metadata: { ...metadata, name: (metadata as { name?: string }).name ?? name },
      };
    });
  const { values, namespace } = resources.one("kubernetes:helm.sh/v3:Release").inputs as {
    values: Values;
    namespace: string;
  };
  return byName([...own, ...(await render(values, ["--namespace", namespace]))]);
}

/** All that the chart makes by itself. */
async function byChart(stack: Stack): Promise<Objects> {
  const namespace = stack === "dev" ? "default" : "todo-app-prod";
  const file = path.join(CHART, "values", `${stack}.yaml`);
  return byName(await render({}, ["--namespace", namespace, "--values", file]));
}

/** Keys of a Secret that the pods of any object ask for. */
function secretKeys(objects: Objects, secret: string): string[] {
  const keys = new Set<string>();
  JSON.stringify(objects, (field, value: unknown) => {
    if (field === "secretKeyRef") {
      const { name, key } = value as { name: string; key: string };
      if (name === secret) keys.add(key);
    }
    return value;
  });
  return [...keys].sort();
}

/** The objects without what may differ, or all of that but one. */
function differ(stack: Stack, objects: Objects, except?: Difference): Objects {
  const wanted = DIFFERENCES.filter((one) => one !== except && one.stacks.includes(stack));
  return tidy(wanted.reduce((left, { leaveOut }) => leaveOut(left), objects));
}

describe("program and chart make the same", () => {
  let machine: Machine;
  before(() => {
    machine = new Machine();
    machine.setProfile("minikube", { ports: ["127.0.0.1:30080:30080"] });
  });
  after(() => {
    machine.remove();
  });

  for (const stack of ["dev", "prod"] as const) {
    describe(stack, () => {
      let program: Objects;
      let chart: Objects;
      before(async () => {
        const databaseUrl = "postgresql://neon:hush@ep-1.neon.example/todo?sslmode=require";
        const over = stack === "prod" ? { databaseUrl, cohereApiKey: "hush" } : {};
        program = await byProgram((await run({ stack, over })).resources);
        chart = await byChart(stack);
      });

      it("object by object, field by field", () => {
        const expected = differ(stack, program);
        const found = differ(stack, chart);
        assert.deepEqual(Object.keys(found).sort(), Object.keys(expected).sort());
        for (const [name, object] of Object.entries(expected)) {
          assert.deepEqual(found[name], object, name);
        }
        const kinds = Object.keys(expected).map((name) => name.split(" ")[0] ?? "");
        for (const kind of KINDS[stack]) assert.ok(kinds.includes(kind), `no ${kind} is compared`);
      });

      // In dev both make the Secret, which is compared with all other objects.
      if (stack === "prod") {
        it("the pods ask the Secret for the keys that Pulumi's has, and for no others", () => {
          const data = (program["Secret todo-secrets"] as { stringData: object }).stringData;
          assert.deepEqual(secretKeys(chart, "todo-secrets"), Object.keys(data).sort());
        });
      }

      for (const difference of DIFFERENCES.filter(({ stacks }) => stacks.includes(stack))) {
        it(`but for this: ${difference.reason}`, () => {
          assert.notDeepEqual(
            differ(stack, chart, difference),
            differ(stack, program, difference),
            "there is no such difference any more: take it off the list",
          );
        });
      }
    });
  }
});
