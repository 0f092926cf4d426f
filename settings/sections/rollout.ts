import { z } from "zod";
import { chartDefaults } from "../chart-defaults";
import * as f from "../fields";

const defaults = chartDefaults.rollout;

/** Settings of the Deployments' rolling updates. */
export const rollout = z
  .strictObject({
    maxSurge: f
      .integer(0, 100)
      .default(defaults.maxSurge)
      .describe("Pods above replicas during a rollout"),
    maxUnavailable: f
      .integer(0, 100)
      .default(defaults.maxUnavailable)
      .describe("Pods below replicas during a rollout; 0 keeps full capacity"),
    timeoutSeconds: f
      .integer(30, 3600)
      .default(120)
      .describe("Seconds after which an incomplete rollout fails the update"),
    progressDeadlineSeconds: f
      .integer(10, 3600)
      .default(defaults.progressDeadlineSeconds)
      .describe("Seconds without progress after which Kubernetes reports a failed rollout"),
    revisionHistoryLimit: f
      .integer(0, 100)
      .default(defaults.revisionHistoryLimit)
      .describe("Old ReplicaSets to keep for a rollback"),
  })
  .prefault({})
  .describe("How a new version replaces the old one");
