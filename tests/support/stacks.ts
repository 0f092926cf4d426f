import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { parse } from "yaml";
import { deploy, type Deployed, type DeployOptions } from "./deploy";
import { asConfig } from "./values";

/** The project's folder. */
export const ROOT = path.resolve(__dirname, "../..");

/** One key of Pulumi.yaml's `config`. */
export interface DeclaredKey {
  type?: string;
  description?: string;
  default?: unknown;
  secret?: boolean;
}

/** What Pulumi.yaml declares. */
export function declaredConfig(): Record<string, DeclaredKey> {
  const { config } = parse(readFileSync(path.join(ROOT, "Pulumi.yaml"), "utf8")) as {
    config: Record<string, DeclaredKey>;
  };
  return config;
}

/**
 * Configuration of a stack as a program gets it: the defaults of Pulumi.yaml, the stack's file over
 * them, and `over` over both.
 */
export function stackConfig(
  stack: "dev" | "prod" | "ci",
  over: Readonly<Record<string, unknown>> = {},
): Record<string, string> {
  const file = parse(readFileSync(path.join(ROOT, `Pulumi.${stack}.yaml`), "utf8")) as {
    config?: Record<string, unknown>;
  };
  const set = Object.entries(file.config ?? {}).map(
    ([key, value]) => [key.replace(/^todo-chatbot:/, ""), value] as const,
  );
  const defaults = Object.entries(declaredConfig()).map(
    ([key, { default: value }]) => [key, value] as const,
  );
  return asConfig({ ...Object.fromEntries(defaults), ...Object.fromEntries(set), ...over });
}

const load = createRequire(__filename);
const ENTRY = path.join(ROOT, "index.ts");

/**
 * Runs index.ts as Pulumi does: in the project's folder, from its first line. Only the file itself is
 * loaded again: loading the components has no effect, and loading the SDK takes seconds.
 *
 * @param more what a user adds at the end of the program.
 */
export async function deployProgram(
  options: DeployOptions,
  more: () => void = () => undefined,
): Promise<Deployed<Record<string, unknown>>> {
  const before = process.cwd();
  process.chdir(ROOT);
  try {
    return await deploy(() => {
      Reflect.deleteProperty(load.cache, load.resolve(ENTRY));
      const outputs = load(ENTRY) as Record<string, unknown>;
      more();
      return outputs;
    }, options);
  } finally {
    process.chdir(before);
  }
}
