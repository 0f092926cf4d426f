import { existsSync } from "node:fs";
import { dirname } from "node:path";
import type { Tool } from "../../../lib/versions";
import { nodeProblem } from "../../bootstrap/node-version.mjs";
import type { Plugins, Survey } from "../../environment/detect/survey";
import { needsPassphrase } from "../../environment/variables";
import { passphraseFile } from "../../stack/passphrase";
import { which } from "../../../lib/process/which";
import type { EngineFound } from "../../environment/detect/docker-engine";
import type { Located, Origin } from "../../environment/detect/locate-tool";
import { toolPages } from "../../../lib/versions";
import type { Finding } from "../finding";

/** Node.js is recent enough. */
export function nodeFinding(version: string): Finding {
  const problem = nodeProblem(version);
  if (problem === undefined) return { check: "Node.js", state: "ok", found: version };
  return { check: "Node.js", state: "mend", found: problem, fix: "https://nodejs.org" };
}

const brought: Record<Origin, string> = {
  user: "",
  release: ", installed by `npm run up`",
  sandbox: ", built by the sandbox",
};

/** A tool is there, and says its version. */
export function toolFinding(
  tool: Tool,
  located: Located | undefined,
  version: string | undefined,
): Finding {
  if (located === undefined) {
    return { check: tool, state: "mend", found: "missing", fix: "`npm run up` brings it." };
  }
  if (version === undefined) {
    return {
      check: tool,
      state: "mend",
      found: `${located.file} is there, but doesn't say its version.`,
      fix: `Install it anew (${toolPages[tool]}), or take it off PATH: \`npm run up\` then brings its own.`,
    };
  }
  return {
    check: tool,
    state: "ok",
    found: `${version} (${located.file}${brought[located.origin]})`,
  };
}

/** The language host that runs the program: beside the CLI, or on PATH. */
export function languageHostFinding(pulumi: Located, path: string): Finding {
  const host =
    which("pulumi-language-nodejs", dirname(pulumi.file)) ?? which("pulumi-language-nodejs", path);
  if (host !== undefined) return { check: "language host", state: "ok", found: host };
  return {
    check: "language host",
    state: "mend",
    found: "pulumi-language-nodejs is neither beside pulumi nor on PATH.",
    fix: `Install Pulumi with all of its parts: ${toolPages.pulumi}`,
  };
}

/** The plugins are there in the packages' versions. */
export function pluginsFinding({ versions, missing, home }: Plugins): Finding {
  const all = Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
  if (missing.length > 0) {
    return {
      check: "plugins",
      state: "mend",
      found: `missing: ${missing.map((name) => `${name} ${versions[name]}`).join(", ")}`,
      fix: "`npm run up` brings them.",
    };
  }
  return {
    check: "plugins",
    state: "ok",
    found: `${all}${home === undefined ? "" : ` (in ${home})`}`,
  };
}

/** A docker engine answers. */
export function engineFinding(
  found: EngineFound,
  needed: boolean,
  sandbox: Survey["sandbox"],
): Finding {
  if (found.engine !== undefined) {
    const { version, cpus, memoryMiB } = found.engine;
    return {
      check: "docker engine",
      state: "ok",
      found: `${version}, ${cpus} CPUs, ${memoryMiB} MiB`,
    };
  }
  return {
    check: "docker engine",
    state: needed ? "mend" : "note",
    found: `none: ${found.reason}${needed ? "" : " (this stack needs none)"}`,
    fix:
      sandbox.unsupported === undefined && sandbox.tools.minikube !== undefined
        ? "`npm run offline -- up` starts it."
        : `Install or start one: ${toolPages.docker}`,
  };
}

/** A passphrase for the stack's secrets is at hand. */
export function passphraseFinding(env: NodeJS.ProcessEnv, stateDirectory: string): Finding {
  const check = "passphrase";
  if (!needsPassphrase(env)) {
    const file = env.PULUMI_CONFIG_PASSPHRASE_FILE;
    if (env.PULUMI_CONFIG_PASSPHRASE !== undefined || file === undefined) {
      return { check, state: "ok", found: "from PULUMI_CONFIG_PASSPHRASE" };
    }
    if (existsSync(file)) return { check, state: "ok", found: `from ${file}` };
    return {
      check,
      state: "mend",
      found: `PULUMI_CONFIG_PASSPHRASE_FILE names ${file}, which isn't there.`,
      fix: "Put the file back, or unset the variable to have one made.",
    };
  }
  const file = passphraseFile(stateDirectory);
  if (existsSync(file)) return { check, state: "ok", found: `in ${file}` };
  return { check, state: "note", found: `none yet: \`npm run up\` makes one in ${file}.` };
}
