import { isObject } from "../lib/pulumi/values";
import { chartDefaults } from "./chart-defaults";

/** The Ingress of the Helm release. */
export interface Ingress {
  enabled: boolean;
  /** Its host name; `*.` in front stands for any one label. */
  host: string;
  tls: boolean;
  /** Address at which a browser opens the page. */
  address: string;
}

/** Returns the Ingress that `chart.values` describe, over the chart's defaults. */
export function ingressOf(values: Readonly<Record<string, unknown>>): Ingress {
  const defaults = chartDefaults.ingress;
  const given = isObject(values.ingress) ? values.ingress : {};
  const tls = isObject(given.tls) ? given.tls : {};
  const host = typeof given.host === "string" ? given.host : defaults.host;
  const isSecure = (tls.enabled ?? defaults.tls.enabled) === true;
  return {
    enabled: (given.enabled ?? defaults.enabled) === true,
    host,
    tls: isSecure,
    address: `${isSecure ? "https" : "http"}://${host}`,
  };
}
