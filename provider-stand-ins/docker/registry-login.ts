import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { Image } from "./image-inputs";
import { credentialsKey } from "./image-names";

/**
 * Does some work with the image's credentials, in a temporary docker configuration. Where the program sets
 * none, or the work needs none, the user's docker configuration with its logins applies.
 *
 * @param work receives the environment variables for the docker command.
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
      // By default docker looks for the user's plugins (buildx) in the folder of the configuration.
      cliPluginsExtraDirs: [join(homedir(), ".docker", "cli-plugins")],
    };
    writeFileSync(join(directory, "config.json"), JSON.stringify(config), { mode: 0o600 });
    return await work({ DOCKER_CONFIG: directory });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
