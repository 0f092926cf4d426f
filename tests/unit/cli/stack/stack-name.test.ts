import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { requireStackFile, stackFile } from "../../../../cli/stack/stack-config";
import { stackName } from "../../../../cli/stack/stack-name";
import { UserError } from "../../../../lib/errors";
import { run } from "../../../../lib/process/run";
import { Folder } from "../../../support/folder";
import { ROOT } from "../../../support/stacks";

describe("the name of a stack", () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder({ "Pulumi.yaml": "name: shop\n", "Pulumi.prod.yaml": "", "x.yaml": "" });
  });
  afterEach(() => {
    folder.remove();
  });
  const refused = (stack: string, message: RegExp, hint: RegExp) => {
    assert.throws(
      () => {
        requireStackFile(folder.path, stack);
      },
      (error) => error instanceof UserError && message.test(error.message) && hint.test(error.hint),
      stack,
    );
  };

  it("leads to the same file with its organization and project", () => {
    for (const stack of ["prod", "acme/prod", "acme/shop/prod", "organization/shop/prod"]) {
      assert.equal(stackName(stack), "prod");
      assert.equal(stackFile(folder.path, stack), folder.file("Pulumi.prod.yaml"));
      requireStackFile(folder.path, stack);
    }
  });

  it("is the only source of its file's name in what is printed", async () => {
    const sources = await run("git", ["ls-files", "-z", "cli/*.ts"], { cwd: ROOT });
    const files = sources.stdout.split("\0").filter((file) => file !== "");
    assert.ok(files.length > 100);
    const own = files.filter((file) =>
      readFileSync(path.join(ROOT, file), "utf8").includes("Pulumi.${"),
    );
    assert.deepEqual(own, ["cli/stack/stack-name.ts"]);
  });

  it("leads to the folder that Pulumi.yaml names", () => {
    folder.write("Pulumi.yaml", "name: shop\nstackConfigDir: stacks\n");
    refused("prod", /no Pulumi\.prod\.yaml/, /stack:new/);
    folder.write("stacks/Pulumi.prod.yaml", "");
    requireStackFile(folder.path, "prod");
  });

  it("is refused where it is misspelt, with the names that there are", () => {
    refused("prd", /There is no Pulumi\.prd\.yaml/, /\(prod\).*stack:new -- prd/);
    refused("acme/Prod", /There is no Pulumi\.Prod\.yaml/, /--stack acme\/prod$/);
    refused("acme/other/prod", /belongs to the project other/, /--stack acme\/shop\/prod/);
    for (const stack of ["a/b/c/d", "../prod", "pr od", "acme/"]) {
      refused(stack, /isn't the name of a stack|There is no Pulumi/, /./);
    }
  });
});
