import { z } from "zod";
import { chartDefaults } from "../chart-defaults";
import * as f from "../fields";

const { name, keys } = chartDefaults.secret;

/** Environment variables that come from the Secret. */
export const secretEnvNames = [
  "DATABASE_URL",
  "COHERE_API_KEY",
  "BETTER_AUTH_SECRET",
  "JWT_SECRET",
  // The page's address: in the ConfigMap, unless a web service's secretEnv names it.
  "BETTER_AUTH_URL",
] as const;

/** Name of an environment variable that comes from the Secret. */
export type SecretEnvName = (typeof secretEnvNames)[number];

/** Settings of the Secret: its name and its keys. The values are single keys, see `secretValues`. */
export const secrets = z
  .strictObject({
    name: f.objectName.default(name).describe("Name of the Secret, or its prefix"),
    immutable: f.flag.default(true).describe("As for configMap.immutable"),
    keys: z
      .strictObject({
        DATABASE_URL: key("DATABASE_URL").describe("Key of the PostgreSQL URL"),
        COHERE_API_KEY: key("COHERE_API_KEY").describe("Key of the language model's API key"),
        BETTER_AUTH_SECRET: key("BETTER_AUTH_SECRET").describe(
          "Key of the secret that signs sessions",
        ),
        JWT_SECRET: key("JWT_SECRET").describe("Key of the secret that signs tokens"),
        BETTER_AUTH_URL: key("BETTER_AUTH_URL").describe(
          "Key of the page's address, if a secretEnv names it",
        ),
      })
      .prefault({})
      .describe("Key in the Secret for each environment variable"),
  })
  .prefault({})
  .describe("The Secret; its values are the single keys above");

/** The secrets themselves, single keys of the configuration: encrypted in the stack's file. */
export const secretValues = {
  databaseUrl: z.string("a PostgreSQL URL").default("").describe("DATABASE_URL"),
  cohereApiKey: z
    .string("a Cohere API key")
    .default("")
    .describe("COHERE_API_KEY; without one the chat answers by rules"),
  betterAuthSecret: f.signingSecret.default("").describe("BETTER_AUTH_SECRET"),
  jwtSecret: f.signingSecret.default("").describe("JWT_SECRET"),
  registryPassword: z.string("a string").default("").describe("Password of images.registry"),
};

/** A key in the Secret, by default the chart's key for the variable. */
function key(variable: SecretEnvName) {
  return f.dataKey.default(keys[variable] ?? variable);
}
