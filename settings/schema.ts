import { z } from "zod";
import { chart } from "./sections/chart";
import { configMap } from "./sections/config-map";
import { general } from "./sections/general";
import { images } from "./sections/images";
import { minikube } from "./sections/minikube";
import { postgres } from "./sections/postgres";
import { rollout } from "./sections/rollout";
import { secrets, secretValues } from "./sections/secrets";
import { backend, frontend } from "./sections/web-service";

/**
 * Every setting of the program: one key of the stack's configuration each. `Pulumi.yaml` declares
 * the same keys for `pulumi config`; a test compares the two.
 */
export const schema = z.strictObject({
  ...general,
  minikube,
  images,
  backend,
  frontend,
  rollout,
  configMap,
  secrets,
  postgres,
  chart,
  ...secretValues,
});

/** Keys whose values are secrets: encrypted in the stack's file, never shown. */
export const secretKeys = Object.keys(secretValues) as readonly (keyof typeof secretValues)[];

/** All settings, every default filled in. Secrets are plain text here: wrap them before use. */
export type Settings = z.output<typeof schema>;
