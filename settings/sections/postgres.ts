import { z } from "zod";
import { chartDefaults } from "../chart-defaults";
import * as f from "../fields";
import { containerResources } from "./container-resources";

const A_NAME = "a name of lowercase letters, digits and '-', at most 52 characters";

const defaults = chartDefaults.postgres;

/** Settings of PostgreSQL in the cluster. */
export const postgres = z
  .strictObject({
    enabled: f.flag
      .optional()
      .describe("PostgreSQL in the cluster; default: in development, without a databaseUrl"),
    name: f.dnsLabel
      // Kubernetes puts it into a label of the pods, with a hash of 11 characters.
      .max(52, { error: A_NAME })
      .default(defaults.name)
      .describe("Name of the StatefulSet and its Service"),
    image: f.imageReference
      .default(defaults.image)
      .describe("The official image, or one with the same variables"),
    runAsUser: f
      .integer(1, 2_147_483_647)
      .default(defaults.runAsUser)
      .describe("User who runs it and owns the data"),
    database: f.postgresName.default(defaults.database).describe("Name of the database"),
    user: f.postgresName.default(defaults.user).describe("User who owns the database"),
    storage: f.memory.default(defaults.storage).describe("Size of its volume"),
    storageClass: f.objectName.optional().describe("Class of its volume; default: the cluster's"),
    existingData: f
      .oneOf(["refuse", "keep", "drop"])
      .default(defaults.existingData)
      .describe(
        "Data in the volume that can't be used, such as that of an earlier stack: refuse it, keep it and " +
          "give it this stack's password, or drop (delete) it",
      ),
    resources: containerResources(defaults.resources, "logs, and files outside its volume"),
  })
  .prefault({})
  .describe("PostgreSQL in the cluster, for development");
