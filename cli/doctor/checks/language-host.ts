import { dirname } from "node:path";
import { which } from "../../../lib/process/which";
import { toolPages } from "../../../lib/versions";
import type { LocatedTool } from "../../environment/detect/locate-tool";
import type { Finding } from "../finding";

/** Checks that Pulumi's language host for Node.js is there: next to the CLI, or on PATH. */
export function languageHostFinding(pulumi: LocatedTool, path: string): Finding {
  const host =
    which("pulumi-language-nodejs", dirname(pulumi.file)) ?? which("pulumi-language-nodejs", path);
  if (host !== undefined) return { check: "language host", state: "ok", found: host };
  return {
    check: "language host",
    state: "fix",
    found: "pulumi-language-nodejs is neither next to pulumi nor on PATH.",
    hint: `Install Pulumi with all of its parts: ${toolPages.pulumi}`,
  };
}
