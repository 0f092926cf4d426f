import { userInfo } from "node:os";
import { join } from "node:path";
import { nonEmpty } from "../../../lib/paths";
import { type Tool, toolVersions } from "../../../lib/versions";

/** Returns where this project installs a tool from its release. */
export function installedFile(
  cache: string,
  tool: Tool,
  platform: NodeJS.Platform = process.platform,
): string {
  const name = platform === "win32" ? `${tool}.exe` : tool;
  // The npm package `pulumi` keeps the CLI under PULUMI_HOME.
  return tool === "pulumi"
    ? join(projectPulumiHome(cache), "versions", toolVersions.pulumi, "bin", name)
    : join(cache, "tools", `${tool}-${toolVersions[tool]}`, name);
}

/** Returns the PULUMI_HOME of a CLI or of plugins that this project has installed. */
export function projectPulumiHome(cache: string): string {
  return join(cache, "pulumi");
}

/**
 * Returns the PULUMI_HOME of the user's own CLI. Pulumi asks the system for the user's home and not
 * $HOME: the two can differ under sudo and in containers.
 */
export function userPulumiHome(env: NodeJS.ProcessEnv, home: string = userInfo().homedir): string {
  return nonEmpty(env.PULUMI_HOME) ?? join(home, ".pulumi");
}
