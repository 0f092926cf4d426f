import { type Tool, toolPages } from "../../../lib/versions";
import type { LocatedTool, Origin } from "../../environment/detect/locate-tool";
import type { Finding } from "../finding";

const origins: Record<Origin, string> = {
  user: "",
  release: ", installed by `npm run up`",
  offline: ", built in offline mode",
};

/**
 * Checks that a tool exists and prints its version.
 *
 * @param version undefined where the tool didn't print one.
 */
export function toolFinding(
  tool: Tool,
  located: LocatedTool | undefined,
  version: string | undefined,
): Finding {
  if (located === undefined) {
    return { check: tool, state: "fix", found: "missing", hint: "`npm run up` installs it." };
  }
  if (version === undefined) {
    return {
      check: tool,
      state: "fix",
      found: `${located.file} exists, but doesn't print its version.`,
      hint: `Reinstall it (${toolPages[tool]}), or take it off PATH: \`npm run up\` then installs one.`,
    };
  }
  return {
    check: tool,
    state: "ok",
    found: `${version} (${located.file}${origins[located.origin]})`,
  };
}
