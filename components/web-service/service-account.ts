import { mergeInputs } from "../../lib/pulumi/merge-inputs";
import { chartDefaults, type Settings } from "../../settings";

/**
 * Returns the name of the ServiceAccount of a web service's pods. The Helm release creates it, so the chart's
 * rule decides: `serviceAccount.name`, else the web service's name, or `default` where none is created.
 * `chart.values` may set either.
 */
export function serviceAccountName(settings: Settings, component: "backend" | "frontend"): string {
  const { serviceAccount } = mergeInputs(
    { serviceAccount: chartDefaults[component].serviceAccount },
    settings.chart.values[component] ?? {},
  ) as { serviceAccount?: { name?: string; create?: boolean } };
  const name = serviceAccount?.name ?? "";
  if (name !== "") return name;
  return serviceAccount?.create === false ? "default" : settings[component].name;
}
