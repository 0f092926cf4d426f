import { isHelperInstalled, readCredentialHelpers } from "../../../lib/docker/credential-helpers";
import type { Finding } from "../finding";

/**
 * Checks that the credential helpers of docker's configuration are installed. Where the one of all registries
 * is missing, the docker provider builds nothing, even from public images.
 *
 * @returns no finding where the configuration names none.
 */
export function credentialHelpersFinding(env: NodeJS.ProcessEnv): Finding[] {
  const check = "docker login";
  const { file, store, byRegistry } = readCredentialHelpers(env);
  const isMissing = (helper: string): boolean => !isHelperInstalled(helper, env);
  if (store !== undefined && isMissing(store)) {
    return [
      {
        check,
        state: "fix",
        found: `${file} names the credential helper "${store}", and there is no docker-credential-${store} on PATH: every build fails.`,
        hint: `Install it, or remove "credsStore" from that file.`,
      },
    ];
  }
  const lost = Object.entries(byRegistry).filter(([, helper]) => isMissing(helper));
  if (lost.length > 0) {
    const names = lost.map(([registry, helper]) => `docker-credential-${helper} for ${registry}`);
    return [
      {
        check,
        state: "note",
        found: `${file} names credential helpers that aren't on PATH: ${names.join(", ")}.`,
        hint: "Install them where images come from these registries.",
      },
    ];
  }
  const helpers = new Set([...(store === undefined ? [] : [store]), ...Object.values(byRegistry)]);
  if (helpers.size === 0) return [];
  return [{ check, state: "ok", found: `credential helpers: ${[...helpers].join(", ")}` }];
}
