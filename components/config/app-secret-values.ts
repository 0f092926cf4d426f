import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { SecretEnvName } from "../../settings";

/** Arguments of {@link AppSecretValues}. */
export interface AppSecretValuesArgs {
  /** DATABASE_URL, a PostgreSQL URL. */
  readonly databaseUrl: pulumi.Input<string>;

  /**
   * BETTER_AUTH_SECRET, which signs sessions.
   *
   * @default generated, and kept in Pulumi's state
   */
  readonly betterAuthSecret?: pulumi.Input<string>;

  /**
   * JWT_SECRET, which signs tokens.
   *
   * @default generated, and kept in Pulumi's state
   */
  readonly jwtSecret?: pulumi.Input<string>;

  /**
   * COHERE_API_KEY, the language model's key.
   *
   * @default none: the chat answers by rules
   */
  readonly cohereApiKey?: pulumi.Input<string>;

  /**
   * BETTER_AUTH_URL, the page's address.
   *
   * @default none: the ConfigMap has it
   */
  readonly betterAuthUrl?: pulumi.Input<string>;
}

/** The values of the application's secrets, by environment variable: given ones, and generated ones. */
export class AppSecretValues extends pulumi.ComponentResource {
  /** The values, each a secret of Pulumi. */
  readonly values: Readonly<Partial<Record<SecretEnvName, pulumi.Output<string>>>>;

  constructor(name: string, args: AppSecretValuesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("todo-chatbot:app:SecretValues", name, {}, opts);
    const { databaseUrl, betterAuthSecret, jwtSecret, cohereApiKey, betterAuthUrl } = args;
    if (databaseUrl === "") {
      throw new Error(
        `AppSecretValues "${name}": databaseUrl is empty; expected a PostgreSQL URL, because no value of ` +
          "DATABASE_URL can be generated.",
      );
    }
    this.values = {
      DATABASE_URL: pulumi.secret(databaseUrl),
      BETTER_AUTH_SECRET: pulumi.secret(betterAuthSecret ?? this.#generate(`${name}-better-auth`)),
      JWT_SECRET: pulumi.secret(jwtSecret ?? this.#generate(`${name}-jwt`)),
      ...(cohereApiKey !== undefined && { COHERE_API_KEY: pulumi.secret(cohereApiKey) }),
      ...(betterAuthUrl !== undefined && { BETTER_AUTH_URL: pulumi.secret(betterAuthUrl) }),
    };
    this.registerOutputs({ names: Object.keys(this.values) });
  }

  #generate(name: string): pulumi.Output<string> {
    return new random.RandomPassword(name, { length: 48, special: false }, { parent: this }).result;
  }
}
