import { chmodSync, cpSync, linkSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { offlineDirectory } from "../core/paths";
import { directoryOf, type Recipe, recipe } from "../core/recipe";
import { moduleDirectory } from "../sources/go";
import { programRecipe } from ".";

/** The files of a Pulumi release: the CLI, its language host for Node.js, and the host's script. */
export const pulumiFiles = [
  "pulumi",
  "pulumi-language-nodejs",
  "pulumi-resource-pulumi-nodejs",
] as const;

/**
 * A folder with the files of a Pulumi release. The CLI warns at every command where its language host is
 * not in the same folder, and needs the script there to run dynamic resources. A launcher starts the
 * language host with the options of Pulumi.yaml: the host is older than the CLI, and doesn't read the
 * options from the CLI's requests.
 */
export function pulumiRelease(): Recipe {
  const cli = programRecipe("pulumi");
  const languageHost = programRecipe("pulumi-language-nodejs");
  const launcher = offlineDirectory("toolchain", "language-host.sh");
  return recipe(
    "tools/pulumi-release",
    "assemble pulumi",
    { inputs: { launcher: readFileSync(launcher, "utf8") }, needs: [cli, languageHost] },
    async (directory) => {
      const [program, host, script] = pulumiFiles;
      linkSync(join(directoryOf(cli), program), join(directory, program));
      linkSync(join(directoryOf(languageHost), host), join(directory, "language-host"));
      cpSync(launcher, join(directory, host));
      const module = await moduleDirectory("pulumi", "github.com/pulumi/pulumi/sdk/v3");
      cpSync(join(module, "nodejs", "dist", script), join(directory, script));
      // Module archives don't keep the executable bit.
      for (const file of [host, script]) chmodSync(join(directory, file), 0o755);
    },
  );
}
