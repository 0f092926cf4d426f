import { UserError } from "../../lib/errors";
import { lastLines, type RunResult } from "../../lib/process/run";
import {
  foreignKeys,
  parseSettings,
  secretKeys,
  type Settings,
  SettingsError,
} from "../../settings";
import { type ConfigFlags, noFlags, withFlags } from "./config-flags";
import { CONCEALED, readStackConfig, requireStackFile, type StackConfig } from "./stack-config";

/** A stack's settings, and the configuration that they were read from. */
export interface StackSettings {
  config: StackConfig;
  settings: Settings;
}

/** Whose settings {@link loadSettings} reads. */
export interface SettingsRequest {
  /** The project's folder. */
  root: string;
  stack: string;
  /** Flags of the update that change its configuration. @default none */
  flags?: ConfigFlags;
  /** Runs Pulumi, where it is installed. */
  pulumi?: ((args: readonly string[]) => Promise<RunResult>) | undefined;
}

/**
 * Reads and checks the settings of a stack: through Pulumi where it is installed and knows the stack, else
 * from the stack's file.
 *
 * @throws UserError that lists every invalid setting; also where there is no file, or where the file imports
 * ESC environments and Pulumi can't read them.
 */
export async function loadSettings(request: SettingsRequest): Promise<StackSettings> {
  const { root, stack, flags = noFlags, pulumi } = request;
  requireStackFile(root, stack);
  const inFile = readStackConfig(root, stack, flags.file);
  const read = pulumi === undefined ? "pulumi is missing." : await throughPulumi(inFile, request);
  if (typeof read === "string" && inFile.hasEnvironments) {
    throw new UserError(
      `The file of stack ${stack} imports ESC environments, which only Pulumi can read: ${read}`,
      "Install pulumi and log in to its service; `npm run pulumi -- stack select --create " +
        `${stack}\` creates the stack there.`,
    );
  }
  const config = withFlags(typeof read === "string" ? inFile : read, flags);
  return { config, settings: settingsOf(config, stack) };
}

/** A value as `pulumi config --json` prints it. Secrets have none. */
interface PrintedValue {
  value?: string;
  secret?: boolean;
}

/**
 * Reads a configuration by `pulumi config`, which decrypts nothing here.
 *
 * @returns why that isn't possible, in Pulumi's words, where it isn't: the stack may not exist yet.
 */
async function throughPulumi(
  inFile: StackConfig,
  { stack, flags, pulumi }: SettingsRequest,
): Promise<StackConfig | string> {
  if (pulumi === undefined) return "pulumi is missing.";
  const file = flags?.file === undefined ? [] : ["--config-file", flags.file];
  const result = await pulumi(["config", "--json", "--stack", stack, ...file]);
  if (result.code !== 0) return lastLines(result);
  return fromPulumi(inFile, JSON.parse(result.stdout) as Record<string, PrintedValue>);
}

/**
 * Returns the configuration that Pulumi prints.
 *
 * @param inFile the same configuration from the files: it has the readable parts of values with secrets.
 */
export function fromPulumi(
  inFile: StackConfig,
  printed: Readonly<Record<string, PrintedValue>>,
): StackConfig {
  const config: StackConfig = { ...inFile, values: {}, secret: [], foreign: [] };
  for (const [key, { value, secret = false }] of Object.entries(printed)) {
    const prefix = `${inFile.project}:`;
    if (!key.startsWith(prefix)) {
      config.foreign.push(key);
      continue;
    }
    const name = key.slice(prefix.length);
    if (secret) config.secret.push(name);
    // Of an object in an environment only the program sees the parts that aren't secret.
    const hidden = secretKeys.some((known) => known === name) ? CONCEALED : undefined;
    const shown = secret ? (inFile.secret.includes(name) ? inFile.values[name] : hidden) : value;
    if (shown !== undefined) config.values[name] = shown;
  }
  return config;
}

/**
 * Returns the settings of a configuration.
 *
 * @param hint what to do next, where the stack has no file yet in which settings could be changed.
 * @throws UserError as {@link loadSettings} does.
 */
export function settingsOf(config: StackConfig, stack: string, hint?: string): Settings {
  try {
    return parseSettings(config.values, {
      isSecret: (key) => config.secret.includes(key),
      problems: foreignKeys(config.foreign, config.project).problems,
    });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new UserError(`Stack ${stack}: ${error.message}`, hint ?? error.hint, { cause: error });
  }
}
