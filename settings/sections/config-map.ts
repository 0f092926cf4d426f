import { z } from "zod";
import { chartDefaults, logLevels } from "../chart-defaults";
import * as f from "../fields";

const defaults = chartDefaults.configMap;

/** Settings of the ConfigMap. */
export const configMap = z
  .strictObject({
    name: f.objectName.default(defaults.name).describe("Name of the ConfigMap, or its prefix"),
    immutable: f.flag
      .default(true)
      .describe("true: a new object, <name>-<suffix>, for each content; false: one fixed name"),
    logLevel: f.oneOf(logLevels).default(defaults.data.LOG_LEVEL).describe("LOG_LEVEL"),
    // Each key becomes an environment variable.
    data: f.variables.default({}).describe("Additional keys, and other values for known ones"),
  })
  .prefault({})
  .describe("Configuration that isn't secret");
