import type { Plugins } from "../../environment/detect/plugins";
import { standInText } from "../../environment/provide/plugins";
import type { Finding } from "../finding";

/** Checks that Pulumi's plugins are installed in the versions of the npm packages. */
export function pluginsFinding({ versions, missing, standIns, home }: Plugins): Finding {
  const official = Object.entries(versions)
    .filter(([name]) => !standIns.some((standIn) => standIn === name))
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
  if (standIns.length > 0) {
    return {
      check: "plugins",
      state: "note",
      found: [standInText({ standIns, versions }), official].filter(Boolean).join("; official: "),
      hint: "`npm run up` installs the official ones where Pulumi's releases can be reached.",
    };
  }
  return {
    check: "plugins",
    state: "ok",
    found: `${official}${home === undefined ? "" : ` (in ${home})`}`,
  };
}
