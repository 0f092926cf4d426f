import { parseArgs } from "node:util";
import { splitKey } from "../../settings";
import type { StackConfig } from "./stack-config";

/** Flags of Pulumi that change the configuration of an update. */
export interface ConfigFlags {
  /** Values of `--config`: `key=value`. */
  set: string[];
  /** Whether `--config-path` makes paths of their keys. */
  isPath: boolean;
  /** Value of `--config-file`: it takes the place of the stack's file. */
  file: string | undefined;
}

/** No flags. */
export const noFlags: ConfigFlags = { set: [], isPath: false, file: undefined };

/** Returns the flags among a command's arguments. */
export function configFlags(args: readonly string[]): ConfigFlags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      config: { type: "string", short: "c", multiple: true },
      "config-path": { type: "boolean" },
      "config-file": { type: "string" },
    },
    strict: false,
    allowPositionals: true,
  });
  const texts = values.config ?? [];
  const file = values["config-file"];
  return {
    // parseArgs leaves the equals sign of `-c=key=value` in the value.
    set: texts.filter((text) => typeof text === "string").map((text) => text.replace(/^=/, "")),
    isPath: values["config-path"] === true,
    file: typeof file === "string" ? file : undefined,
  };
}

/** Returns a configuration with the values of `--config`, which Pulumi writes into the stack's file. */
export function withFlags(config: StackConfig, { set, isPath }: ConfigFlags): StackConfig {
  const values = { ...config.values };
  let { secret, foreign } = config;
  for (const pair of set) {
    const equals = pair.indexOf("=");
    const [text, value] = equals < 0 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
    const [first = "", ...path] = isPath ? configPath(text) : [text];
    const key = String(first);
    const { prefix, name } = splitKey(key);
    if (prefix !== undefined && prefix !== config.project) {
      foreign = [...foreign, key];
      continue;
    }
    if (path.length > 0) {
      values[name] = JSON.stringify(withValue(parsed(values[name]), path, typed(value)));
    } else {
      values[name] = value;
      secret = secret.filter((key) => key !== name);
    }
  }
  return { ...config, values, secret, foreign };
}

/** Splits a path as Pulumi does: `backend.ports[0]["a.b"]`. */
function configPath(text: string): (string | number)[] {
  const steps = text.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g);
  return [...steps].map(([, quoted, index, name]) =>
    index === undefined ? (quoted?.replace(/\\(.)/g, "$1") ?? name ?? "") : Number(index),
  );
}

/** Pulumi takes integers and booleans at a path for what they look like, and everything else for text. */
function typed(value: string): unknown {
  if (value === "true" || value === "false") return value === "true";
  return /^(0|-?[1-9]\d*)$/.test(value) ? Number(value) : value;
}

function parsed(value: string | undefined): unknown {
  try {
    return JSON.parse(value ?? "null");
  } catch {
    return undefined;
  }
}

function withValue(
  parent: unknown,
  [step, ...rest]: readonly (string | number)[],
  value: unknown,
): unknown {
  if (step === undefined) return value;
  if (typeof step === "number") {
    const list: unknown[] = Array.isArray(parent) ? [...(parent as unknown[])] : [];
    list[step] = withValue(list[step], rest, value);
    return list;
  }
  const object = typeof parent === "object" && parent !== null ? parent : {};
  return { ...object, [step]: withValue((object as Record<string, unknown>)[step], rest, value) };
}
