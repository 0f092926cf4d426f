import { z } from "zod";
import * as f from "../fields";

/** Helm keeps the rest of 63 characters for names that are made from it. */
const A_RELEASE_NAME = "a name of lowercase letters, digits and '-', at most 53 characters";

/** Settings of the Helm release. */
export const chart = z
  .strictObject({
    path: f.text
      .default("./helm/todo-app")
      .describe("Relative to the project's folder: the path is part of the release's identity"),
    releaseName: f.dnsLabel
      .max(53, { error: A_RELEASE_NAME })
      .default("todo-app")
      .describe("Name of the release"),
    timeoutSeconds: f
      .integer(30, 3600)
      .default(240)
      .describe("Seconds after which the release fails and is rolled back"),
    maxHistory: f.integer(1, 100).default(5).describe("Revisions that Helm keeps"),
    values: z
      .record(z.string(), z.unknown())
      .default({})
      .describe("Additional values of the chart, merged over those that the program sets"),
  })
  .prefault({})
  .describe("The Helm release of the chart");
