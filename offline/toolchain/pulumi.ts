import { chmodSync, cpSync, linkSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { offlineDirectory } from "../core/paths";
import { directoryOf, recipe, type Recipe } from "../core/recipe";
import { moduleDirectory } from "../sources/go";
import { programRecipe } from ".";

/** The CLI, and what its makers' release has beside it. */
export const pulumiFiles = [
  "pulumi",
  "pulumi-language-nodejs",
  "pulumi-resource-pulumi-nodejs",
] as const;

/**
 * A folder as the makers' release has it: the CLI warns at every command where its language host isn't
 * beside it, and doesn't find the script by which it runs dynamic resources. The host is started by a
 * script that hands it the options of Pulumi.yaml: it is older than the CLI, which sends them otherwise.
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
      // A module's files can't be run: module archives keep no modes.
      for (const file of [host, script]) chmodSync(join(directory, file), 0o755);
    },
  );
}
