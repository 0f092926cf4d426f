import { urlsOf } from "../applications";
import { ingressOf } from "../ingress";
import { isOwnApplication } from "../own-application";
import type { Settings } from "../schema";
import type { Problem } from "./problem";

/** Checks that the backend knows the address of an Ingress with TLS: it refuses changes from other origins. */
export function ingressAddress({
  chart,
  configMap,
  backend,
}: Pick<Settings, "chart" | "configMap" | "backend">): Problem[] {
  const ingress = ingressOf(chart.values);
  if (!ingress.enabled || !isOwnApplication("backend", backend)) return [];
  const key = "configMap.data.BETTER_AUTH_URL";
  const named = (name: string) => backend.env[name] ?? configMap.data[name] ?? "";
  const known = ["BETTER_AUTH_URL", "FRONTEND_URL"].flatMap((name) => urlsOf(named(name)));
  if (ingress.host.startsWith("*.")) {
    return known.length > 0
      ? []
      : [
          {
            key,
            found: "nothing",
            expected: `the address that a browser opens: ${ingress.host} is none`,
          },
        ];
  }
  if (!ingress.tls || named("BETTER_AUTH_URL").trim() === "") return [];
  const isKnown = known.some((url) => URL.canParse(url) && new URL(url).origin === ingress.address);
  const expected = `${ingress.address} in this list: chart.values.ingress serves the page there, and the backend refuses changes from an origin that it doesn't know`;
  return isKnown ? [] : [{ key, found: JSON.stringify(named("BETTER_AUTH_URL")), expected }];
}
