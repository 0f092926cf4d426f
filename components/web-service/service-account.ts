import { chartDefaults } from "../../settings/chart-defaults";
import { merge } from "../release/chart-values";
import type { Settings } from "../../settings";

/**
 * Name of the ServiceAccount of a web service's pods. The release makes it, so it goes by the chart's rule:
 * `serviceAccount.name`, else the web service's own name, or `default` where none is made. `chart.values`
 * may set either.
 */
export function serviceAccountName(settings: Settings, component: "backend" | "frontend"): string {
  const { serviceAccount } = merge(
    { serviceAccount: chartDefaults[component].serviceAccount },
    settings.chart.values[component] ?? {},
  ) as { serviceAccount?: { name?: string; create?: boolean } };
  const name = serviceAccount?.name ?? "";
  if (name !== "") return name;
  return serviceAccount?.create === false ? "default" : settings[component].name;
}
