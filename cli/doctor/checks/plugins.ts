import type { Plugins } from "../../environment/detect/plugins";
import type { Finding } from "../finding";

/** Checks that Pulumi's plugins are installed in the versions of the npm packages. */
export function pluginsFinding({ versions, missing, home }: Plugins): Finding {
  const all = Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
  if (missing.length > 0) {
    return {
      check: "plugins",
      state: "fix",
      found: `missing: ${missing.map((name) => `${name} ${versions[name]}`).join(", ")}`,
      hint: "`npm run up` installs them.",
    };
  }
  return {
    check: "plugins",
    state: "ok",
    found: `${all}${home === undefined ? "" : ` (in ${home})`}`,
  };
}
