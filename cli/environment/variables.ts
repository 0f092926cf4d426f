import { delimiter, join } from "node:path";
import { leaveActiveDockerd } from "../../lib/minikube/docker-variables";
import { directories } from "../../lib/paths";
import { pathOf } from "../../lib/process/which";
import { chosenBackend, credentialsOfUser, fileBackendUrl } from "../stack/backend";
import { passphraseFile } from "../stack/passphrase";
import { minikubeAddresses, noProxyVariables } from "./no-proxy";

/** Changes of an environment; undefined removes a variable. */
export type VariableChanges = Record<string, string | undefined>;

/** What the variables for Pulumi are computed from. */
export interface EnvironmentParts {
  /** The project's folder: its Pulumi.yaml may name a backend. */
  root: string;
  /** Folders of tools that aren't on the user's PATH. */
  binDirectories: readonly string[];
  /** Folders of plugins that PULUMI_HOME lacks. @default none */
  pluginFolders?: readonly string[];
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
  { root, binDirectories, pluginFolders = [], pulumiHome, stateDirectory }: EnvironmentParts,
): VariableChanges {
  const added: VariableChanges = corrections(env);
  const path = pathOf(env).split(delimiter);
  const wanted = new Set([...pluginFolders, ...binDirectories]);
  const folders = [...wanted].filter((folder) => !path.includes(folder));
  if (folders.length > 0) added.PATH = [...folders, ...path].join(delimiter);
  // Pulumi looks for plugins on PATH unless this variable forbids it.
  if (pluginFolders.length > 0 && env.PULUMI_IGNORE_AMBIENT_PLUGINS) {
    added.PULUMI_IGNORE_AMBIENT_PLUGINS = "false";
  }
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

/** Variables that lead helm to another cluster or storage than the arguments and the provider name. */
const helmVariables =
  /^HELM_(DRIVER|NAMESPACE|KUBE(APISERVER|CONTEXT|TOKEN|ASUSER|ASGROUPS|CAFILE|INSECURE_SKIP_TLS_VERIFY|TLS_SERVER_NAME))$/;

/**
 * Returns the changes that every program of this project needs, whether it deploys or not: no variable of the
 * user's shell may lead to another docker engine or cluster, or to a proxy that reaches neither.
 */
export function corrections(env: NodeJS.ProcessEnv): VariableChanges {
  const names = Object.keys(env).filter((name) => helmVariables.test(name));
  return {
    ...leaveActiveDockerd(env),
    ...noProxyVariables(env, minikubeAddresses(env, directories(env).home)),
    ...Object.fromEntries(names.map((name) => [name, undefined])),
  };
}

/**
 * Whether this project has to provide the passphrase. An empty PULUMI_CONFIG_PASSPHRASE is a choice as
 * well: Pulumi uses it as the passphrase.
 */
export function needsPassphrase(env: NodeJS.ProcessEnv): boolean {
  return env.PULUMI_CONFIG_PASSPHRASE === undefined && !env.PULUMI_CONFIG_PASSPHRASE_FILE;
}

/** Applies changes to the user's environment. On Windows PATH may have any case. */
export function withVariables(
  env: NodeJS.ProcessEnv,
  added: Readonly<VariableChanges>,
): NodeJS.ProcessEnv {
  const rest = Object.entries(env).filter(
    ([name]) => added.PATH === undefined || name.toUpperCase() !== "PATH",
  );
  const all = Object.entries({ ...Object.fromEntries(rest), ...added });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

/** Returns lines for a shell, after which `pulumi` can be typed by hand. */
export function exportLines(
  added: Readonly<VariableChanges>,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): string[] {
  const userPath = pathOf(env);
  return Object.entries(added).map(([name, value]) => {
    if (value === undefined) return platform === "win32" ? `$env:${name} = $null` : `unset ${name}`;
    const before = name === "PATH" && userPath !== "" ? value.slice(0, -userPath.length) : value;
    if (platform === "win32") {
      const quoted = `'${before.replaceAll("'", "''")}'`;
      return name === "PATH" ? `$env:PATH = ${quoted} + $env:PATH` : `$env:${name} = ${quoted}`;
    }
    const quoted = `'${before.replaceAll("'", `'\\''`)}'`;
    return name === "PATH" ? `export PATH=${quoted}"$PATH"` : `export ${name}=${quoted}`;
  });
}
