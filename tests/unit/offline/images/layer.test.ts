import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packLayer } from "../../../../offline/images/layer";
import { inFreshCache } from "../../../support/offline/fresh-cache";

describe("a layer of an image", () => {
  it("has the same bytes for the same files, whenever they were written", () =>
    inFreshCache(async (directory) => {
      const digests: string[] = [];
      for (const name of ["one", "two"]) {
        const files = join(directory, name);
        mkdirSync(join(files, "z"), { recursive: true });
        for (const file of name === "one" ? ["a", "b"] : ["b", "a"]) {
          writeFileSync(join(files, file), file);
        }
        chmodSync(files, 0o755);
        await packLayer(files, `${files}.tar`);
        digests.push(
          createHash("sha256")
            .update(readFileSync(`${files}.tar`))
            .digest("hex"),
        );
      }
      assert.equal(digests[0], digests[1]);
    }));
});
