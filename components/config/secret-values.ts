import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { inSecret } from "./config-data";
import type { SecretEnvName, Settings } from "../../settings";

/**
 * Values of the application's secrets, by environment variable: what the stack's configuration has;
 * in development the rest is generated and kept in the state. The Cohere key is never generated: without
 * one it is left out, and the chat answers by rules. That production lacks none, the settings have checked.
 */
export class AppSecretValues extends pulumi.ComponentResource {
  readonly values: Partial<Record<SecretEnvName, pulumi.Output<string>>>;

  constructor(
    name: string,
    args: { settings: Settings; databaseUrl: pulumi.Input<string>; betterAuthUrl: string },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("todo-chatbot:app:SecretValues", name, {}, opts);
    const { settings } = args;
    const given = (value: string, generatedAs: string) =>
      value === "" ? this.generate(`${name}-${generatedAs}`) : pulumi.secret(value);
    this.values = {
      DATABASE_URL: pulumi.secret(args.databaseUrl),
      BETTER_AUTH_SECRET: given(settings.betterAuthSecret, "better-auth"),
      JWT_SECRET: given(settings.jwtSecret, "jwt"),
      ...(settings.cohereApiKey !== "" && { COHERE_API_KEY: pulumi.secret(settings.cohereApiKey) }),
      ...(inSecret(settings, "BETTER_AUTH_URL") && {
        BETTER_AUTH_URL: pulumi.secret(args.betterAuthUrl),
      }),
    };
    this.registerOutputs({ names: Object.keys(this.values) });
  }

  private generate(name: string): pulumi.Output<string> {
    return new random.RandomPassword(name, { length: 48, special: false }, { parent: this }).result;
  }
}
