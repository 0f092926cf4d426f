import { z } from "zod";
import type { HttpProbe } from "../chart-defaults";
import * as f from "../fields";

/** The schema of an HTTP probe; fields as in Kubernetes' Probe. */
export function probe(defaults: HttpProbe) {
  return z
    .strictObject({
      path: f.httpPath.default(defaults.path).describe("Path of the request"),
      initialDelaySeconds: f.seconds
        .default(defaults.initialDelaySeconds)
        .describe("Seconds before the first attempt"),
      periodSeconds: f
        .integer(1, 3600)
        .default(defaults.periodSeconds)
        .describe("Seconds between two attempts"),
      timeoutSeconds: f
        .integer(1, 3600)
        .default(defaults.timeoutSeconds)
        .describe("Seconds after which an attempt has failed"),
      failureThreshold: f
        .integer(1, 1000)
        .default(defaults.failureThreshold)
        .describe("Consecutive failures that count as a failure of the probe"),
    })
    .prefault({});
}
