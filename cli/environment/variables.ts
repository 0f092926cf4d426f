import { delimiter, join } from "node:path";
import { pathOf } from "../../lib/process/which";
import { chosenBackend, credentialsOfUser, fileBackendUrl } from "../stack/backend";
import { passphraseFile } from "../stack/passphrase";

/** What the variables for Pulumi are computed from. */
export interface EnvironmentParts {
  /** The project's folder: its Pulumi.yaml may name a backend. */
  root: string;
  /** Folders of tools that aren't on the user's PATH. */
  binDirectories: readonly string[];
  /** PULUMI_HOME where it must be this project's; undefined keeps the user's. */
  pulumiHome: string | undefined;
  /** Folder of the local state and the passphrase. */
  stateDirectory: string;
}

/** Returns the folder of the local file backend. */
export function backendDirectory(stateDirectory: string): string {
  return join(stateDirectory, "state");
}

/**
 * Returns the variables that Pulumi needs in addition to the user's, and only those. A backend or a
 * passphrase that the user has chosen stays.
 */
export function additionalVariables(
  env: NodeJS.ProcessEnv,
  { root, binDirectories, pulumiHome, stateDirectory }: EnvironmentParts,
): Record<string, string> {
  const added: Record<string, string> = {};
  const path = pathOf(env).split(delimiter);
  const folders = [...new Set(binDirectories)].filter((folder) => !path.includes(folder));
  if (folders.length > 0) added.PATH = [...folders, ...path].join(delimiter);
  if (pulumiHome !== undefined && env.PULUMI_HOME !== pulumiHome) added.PULUMI_HOME = pulumiHome;
  const credentials = credentialsOfUser(env, pulumiHome);
  if (credentials !== undefined) added.PULUMI_CREDENTIALS_PATH = credentials;
  if (chosenBackend(root, { ...env, ...added }) === undefined) {
    added.PULUMI_BACKEND_URL = fileBackendUrl(backendDirectory(stateDirectory));
  }
  if (needsPassphrase(env)) added.PULUMI_CONFIG_PASSPHRASE_FILE = passphraseFile(stateDirectory);
  if (!env.PULUMI_SKIP_UPDATE_CHECK) added.PULUMI_SKIP_UPDATE_CHECK = "true";
  return added;
}

/**
 * Whether this project has to provide the passphrase. An empty PULUMI_CONFIG_PASSPHRASE is a choice as
 * well: Pulumi uses it as the passphrase.
 */
export function needsPassphrase(env: NodeJS.ProcessEnv): boolean {
  return env.PULUMI_CONFIG_PASSPHRASE === undefined && !env.PULUMI_CONFIG_PASSPHRASE_FILE;
}

/** Adds variables to the user's environment. On Windows PATH may have any case. */
export function withVariables(
  env: NodeJS.ProcessEnv,
  added: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  if (added.PATH === undefined) return { ...env, ...added };
  const rest = Object.entries(env).filter(([name]) => name.toUpperCase() !== "PATH");
  return { ...Object.fromEntries(rest), ...added };
}

/** Returns lines for a shell, after which `pulumi` can be typed by hand. */
export function exportLines(
  added: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): string[] {
  const userPath = pathOf(env);
  return Object.entries(added).map(([name, value]) => {
    const before = name === "PATH" && userPath !== "" ? value.slice(0, -userPath.length) : value;
    if (platform === "win32") {
      const quoted = `'${before.replaceAll("'", "''")}'`;
      return name === "PATH" ? `$env:PATH = ${quoted} + $env:PATH` : `$env:${name} = ${quoted}`;
    }
    const quoted = `'${before.replaceAll("'", `'\\''`)}'`;
    return name === "PATH" ? `export PATH=${quoted}"$PATH"` : `export ${name}=${quoted}`;
  });
}
