/** Registry credentials, in a docker configuration of their own that lives as long as one command. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { Image } from "./inputs";
import { credentialsKey } from "./names";

/**
 * Does some work with the image's credentials. Where the program gives none (or the work needs none)
 * docker's own configuration counts, with the logins of the user.
 */
export async function withLogin<T>(
  { name, registry }: Image,
  needed: boolean,
  work: (env: Record<string, string>) => Promise<T>,
): Promise<T> {
  const { server, username, password } = registry;
  if (!needed || username === "" || password === "") return work({});
  const directory = mkdtempSync(join(tmpdir(), "docker-plugin-"));
  try {
    const auth = Buffer.from(`${username}:${password}`).toString("base64");
    const config = {
      auths: { [credentialsKey(server, name)]: { auth } },
      // The user's own plugins (buildx) are otherwise looked for beside the configuration.
      cliPluginsExtraDirs: [join(homedir(), ".docker", "cli-plugins")],
    };
    writeFileSync(join(directory, "config.json"), JSON.stringify(config), { mode: 0o600 });
    return await work({ DOCKER_CONFIG: directory });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
