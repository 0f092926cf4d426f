import { userInfo } from "node:os";
import { join } from "node:path";
import { nonEmpty } from "../../../lib/paths";
import type { Tool } from "../../../lib/versions";
import { toolVersions } from "../../../lib/versions";

/** Where a tool is put that this project installs from its makers' release. */
export function installedFile(
  cache: string,
  tool: Tool,
  platform: NodeJS.Platform = process.platform,
): string {
  const name = platform === "win32" ? `${tool}.exe` : tool;
  // The npm package `pulumi` keeps the CLI under PULUMI_HOME.
  return tool === "pulumi"
    ? join(pulumiHome(cache), "versions", toolVersions.pulumi, "bin", name)
    : join(cache, "tools", `${tool}-${toolVersions[tool]}`, name);
}

/** The PULUMI_HOME of a CLI or of plugins that this project has brought. */
export function pulumiHome(cache: string): string {
  return join(cache, "pulumi");
}

/**
 * The PULUMI_HOME of the user's own CLI. Pulumi asks the system for the user's home, not $HOME: the two
 * can differ under sudo and in containers.
 */
export function userPulumiHome(env: NodeJS.ProcessEnv, home: string = userInfo().homedir): string {
  return nonEmpty(env.PULUMI_HOME) ?? join(home, ".pulumi");
}
