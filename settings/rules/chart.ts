import { isObject } from "../../lib/pulumi/values";
import type { Settings } from "../schema";
import type { Problem } from "./problem";

/** A key of the chart's values that `chart.values` may not set, and where it is set instead. */
interface Owned {
  /** Path of the key; what is below it belongs to it. */
  path: string;
  /** The setting that program and release both go by; without one nothing sets it. */
  setting?: string;
}

/**
 * What program and release must agree on. A setting sets it for both; `chart.values` only for the release,
 * whose policies, autoscalers and tests would then refer to objects that the program doesn't create.
 */
const agreed: readonly Owned[] = [
  { path: "version", setting: "version" },
  { path: "labels", setting: "labels" },
  { path: "namespace", setting: "namespace" },
  { path: "configMap", setting: "configMap" },
  { path: "secret.existingSecret", setting: "secrets.name" },
  { path: "secret.name", setting: "secrets.name" },
  { path: "secret.keys", setting: "secrets.keys" },
  { path: "secret.values", setting: "a secret of the stack, such as databaseUrl," },
  {
    path: "secret.generate",
    setting: "environment: development, which generates missing secrets,",
  },
  { path: "postgres", setting: "postgres" },
  ...ofBoth(["name", "component", "selectorLabels", "port", "service"]),
];

/** What only the Deployments have: without effect on the release where the program owns them. */
const ofDeployments: readonly Owned[] = [
  { path: "rollout", setting: "rollout" },
  { path: "spread" },
  { path: "secret.optional" },
  ...ofBoth([
    "command",
    "env",
    "preStopSeconds",
    "probes",
    "replicas",
    "resources",
    "secretEnv",
    "terminationGracePeriodSeconds",
    "writablePaths",
  ]),
  // The migration and the tests run the backend's image.
  { path: "frontend.image", setting: "frontend.image" },
];

function ofBoth(keys: readonly string[]): Owned[] {
  const withoutSetting = ["command", "component"];
  return ["backend", "frontend"].flatMap((component) =>
    keys.map((key) => ({
      path: `${component}.${key}`,
      ...(!withoutSetting.includes(key) && { setting: `${component}.${key}` }),
    })),
  );
}

/** Checks that `chart.values` sets nothing that a setting sets for program and release, or that has no effect. */
export function chartValues({
  chart: { values },
  workloads,
}: Pick<Settings, "chart" | "workloads">): Problem[] {
  return [
    ...given(values, agreed).map(({ path, setting, found }) => ({
      key: `chart.values.${path}`,
      found,
      expected:
        setting === undefined
          ? "nothing here: the program goes by the chart's value"
          : `nothing here: ${setting} sets it for program and release alike`,
    })),
    ...(workloads === "chart" ? [] : given(values, ofDeployments)).map(
      ({ path, setting, found }) => ({
        key: `chart.values.${path}`,
        found,
        expected:
          setting === undefined
            ? "nothing here, where it has no effect: it needs `workloads: chart`"
            : `nothing here, where it has no effect: ${setting} sets it`,
      }),
    ),
  ];
}

function given(values: unknown, keys: readonly Owned[]): (Owned & { found: string })[] {
  return keys.flatMap((owned) => {
    const value = owned.path
      .split(".")
      .reduce<unknown>((here, key) => (isObject(here) ? here[key] : undefined), values);
    if (value === undefined || (isObject(value) && Object.keys(value).length === 0)) return [];
    const found = owned.path.startsWith("secret.values")
      ? "values that aren't shown, as they are secrets"
      : JSON.stringify(value);
    return [{ ...owned, found }];
  });
}
