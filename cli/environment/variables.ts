import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { passphraseFile } from "../stack/passphrase";
import { pathOf } from "../../lib/process/which";

/** What the environment for pulumi is made of. */
export interface EnvironmentParts {
  /** Folders of tools that aren't on the user's own PATH. */
  binDirectories: readonly string[];
  /** PULUMI_HOME where it must be ours; undefined leaves the user's. */
  pulumiHome: string | undefined;
  /** Folder of the local state and the passphrase. */
  stateDirectory: string;
}

/** Folder of the local file backend. */
export function backendDirectory(stateDirectory: string): string {
  return join(stateDirectory, "state");
}

/**
 * The variables that pulumi needs beyond the user's own, and only those. A backend or a passphrase that
 * the user has chosen stays: an access token means Pulumi's own service unless a URL says otherwise.
 */
export function additions(
  env: NodeJS.ProcessEnv,
  { binDirectories, pulumiHome, stateDirectory }: EnvironmentParts,
): Record<string, string> {
  const added: Record<string, string> = {};
  const path = pathOf(env).split(delimiter);
  const folders = [...new Set(binDirectories)].filter((folder) => !path.includes(folder));
  if (folders.length > 0) added.PATH = [...folders, ...path].join(delimiter);
  if (pulumiHome !== undefined && env.PULUMI_HOME !== pulumiHome) added.PULUMI_HOME = pulumiHome;
  if (!env.PULUMI_BACKEND_URL && !env.PULUMI_ACCESS_TOKEN) {
    added.PULUMI_BACKEND_URL = pathToFileURL(backendDirectory(stateDirectory)).href;
  }
  if (needsPassphrase(env)) added.PULUMI_CONFIG_PASSPHRASE_FILE = passphraseFile(stateDirectory);
  if (!env.PULUMI_SKIP_UPDATE_CHECK) added.PULUMI_SKIP_UPDATE_CHECK = "true";
  return added;
}

/**
 * Whether the passphrase has to come from us. An empty PULUMI_CONFIG_PASSPHRASE is a choice as well:
 * Pulumi takes it as the passphrase.
 */
export function needsPassphrase(env: NodeJS.ProcessEnv): boolean {
  return env.PULUMI_CONFIG_PASSPHRASE === undefined && !env.PULUMI_CONFIG_PASSPHRASE_FILE;
}

/** The user's environment with the additions; Windows knows PATH under any case. */
export function merged(
  env: NodeJS.ProcessEnv,
  added: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  if (added.PATH === undefined) return { ...env, ...added };
  const rest = Object.entries(env).filter(([name]) => name.toUpperCase() !== "PATH");
  return { ...Object.fromEntries(rest), ...added };
}

/** Lines to paste into a shell, so that `pulumi` can be typed by hand. */
export function exportLines(
  added: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): string[] {
  const own = pathOf(env);
  return Object.entries(added).map(([name, value]) => {
    const before = name === "PATH" && own !== "" ? value.slice(0, -own.length) : value;
    if (platform === "win32") {
      const quoted = `'${before.replaceAll("'", "''")}'`;
      return name === "PATH" ? `$env:PATH = ${quoted} + $env:PATH` : `$env:${name} = ${quoted}`;
    }
    const quoted = `'${before.replaceAll("'", `'\\''`)}'`;
    return name === "PATH" ? `export PATH=${quoted}"$PATH"` : `export ${name}=${quoted}`;
  });
}
