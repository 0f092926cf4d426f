import { readFileSync } from "node:fs";
import { join } from "node:path";
import { directories, nonEmpty } from "../paths";
import { pathOf, which } from "../process/which";

/** The credential helpers that docker's configuration names, without `docker-credential-` in front. */
export interface CredentialHelpers {
  /** docker's configuration file. */
  file: string;
  /** The helper of all registries (`credsStore`). Every build asks it. */
  store: string | undefined;
  /** Helpers of single registries (`credHelpers`). */
  byRegistry: Readonly<Record<string, string>>;
}

/** Reads the credential helpers from docker's configuration; none where it can't be read. */
export function readCredentialHelpers(env: NodeJS.ProcessEnv = process.env): CredentialHelpers {
  const folder = nonEmpty(env.DOCKER_CONFIG) ?? join(directories(env).home, ".docker");
  const file = join(folder, "config.json");
  try {
    const config = JSON.parse(readFileSync(file, "utf8")) as {
      credsStore?: string;
      credHelpers?: Record<string, string>;
    };
    return { file, store: nonEmpty(config.credsStore), byRegistry: config.credHelpers ?? {} };
  } catch {
    return { file, store: undefined, byRegistry: {} };
  }
}

/** Whether a credential helper's program is on PATH. */
export function isHelperInstalled(helper: string, env: NodeJS.ProcessEnv = process.env): boolean {
  return which(`docker-credential-${helper}`, pathOf(env)) !== undefined;
}
