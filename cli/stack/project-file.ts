import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { messageOf, UserError } from "../../lib/errors";
import { isObject } from "../../lib/pulumi/values";

/** The parts of Pulumi.yaml that are read here. */
export interface ProjectFile {
  name: string;
  /** Declarations and values by key. */
  config: Record<string, unknown>;
  /** Folder of the stacks' files, relative to Pulumi.yaml. */
  stackConfigDir: string;
  /** URL of the backend; undefined where the file names none. */
  backendUrl: string | undefined;
}

/**
 * Reads Pulumi.yaml.
 *
 * @throws UserError where it is missing or isn't valid YAML.
 */
export function readProject(root: string): ProjectFile {
  const project = readYaml(join(root, "Pulumi.yaml"));
  if (project === undefined) {
    throw new UserError(`There is no Pulumi.yaml in ${root}.`, "Restore it from git.");
  }
  const { name, config, stackConfigDir, backend } = project;
  const url = isObject(backend) ? backend.url : undefined;
  return {
    name: typeof name === "string" ? name : "",
    config: isObject(config) ? config : {},
    stackConfigDir: typeof stackConfigDir === "string" ? stackConfigDir : "",
    backendUrl: typeof url === "string" && url !== "" ? url : undefined,
  };
}

/**
 * Reads a YAML file.
 *
 * @returns undefined where there is none.
 * @throws UserError where it isn't valid YAML.
 */
export function readYaml(file: string): Record<string, unknown> | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const content: unknown = parse(readFileSync(file, "utf8"));
    return isObject(content) ? content : {};
  } catch (error) {
    throw new UserError(`${file} is no YAML: ${messageOf(error)}`, "Fix the line that it names.", {
      cause: error,
    });
  }
}
