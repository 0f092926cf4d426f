import { chmodSync, cpSync, linkSync } from "node:fs";
import { join } from "node:path";

import { directoryOf, recipe, type Recipe } from "../core/recipe";
import { moduleDirectory } from "../sources/go";
import { programRecipe } from "./index";

/** The CLI, and what its makers' release has beside it. */
export const pulumiFiles = [
  "pulumi",
  "pulumi-language-nodejs",
  "pulumi-resource-pulumi-nodejs",
] as const;

/**
 * A folder as the makers' release has it: the CLI warns at every command where its language host isn't
 * beside it, and doesn't find the script by which it runs dynamic resources.
 */
export function pulumiRelease(): Recipe {
  const cli = programRecipe("pulumi");
  const languageHost = programRecipe("pulumi-language-nodejs");
  const needs = [cli, languageHost];
  return recipe(
    "tools/pulumi-release",
    "assemble pulumi",
    { inputs: {}, needs },
    async (directory) => {
      const [program, host, script] = pulumiFiles;
      linkSync(join(directoryOf(cli), program), join(directory, program));
      linkSync(join(directoryOf(languageHost), host), join(directory, host));
      const module = await moduleDirectory("pulumi", "github.com/pulumi/pulumi/sdk/v3");
      cpSync(join(module, "nodejs", "dist", script), join(directory, script));
      // A module's files can't be run: module archives keep no modes.
      chmodSync(join(directory, script), 0o755);
    },
  );
}
