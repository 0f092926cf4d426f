import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runOrThrow } from "../../../../lib/process/run";
import { writeImage } from "../../../../offline/images/archive";
import { packLayer } from "../../../../offline/images/layer";
import { inFreshCache } from "../../../support/offline/fresh-cache";

describe("an image's archive", () => {
  it("has the format of docker save, with hashes that runtimes verify", () =>
    inFreshCache(async (directory) => {
      const files = join(directory, "files");
      mkdirSync(files);
      writeFileSync(join(files, "hello"), "world");
      const layers = [join(directory, "a.tar"), join(directory, "b.tar")];
      for (const layer of layers) await packLayer(files, layer);
      const image = { name: "a/b:c", key: "the-key", config: { User: "1", Cmd: ["/hello"] } };
      await writeImage(join(directory, "image.tar"), image, layers);

      const out = join(directory, "out");
      mkdirSync(out);
      await runOrThrow("tar", ["-xf", join(directory, "image.tar"), "-C", out]);
      const json = (name: string) => JSON.parse(readFileSync(join(out, name), "utf8")) as unknown;
      const [manifest] = json("manifest.json") as {
        Config: string;
        RepoTags: string[];
        Layers: string[];
      }[];
      assert.deepEqual(manifest?.RepoTags, ["a/b:c"]);
      const sha256 = (name: string) =>
        createHash("sha256")
          .update(readFileSync(join(out, name)))
          .digest("hex");
      assert.equal(manifest.Config, `${sha256(manifest.Config)}.json`);
      const config = json(manifest.Config) as {
        config: Record<string, unknown>;
        rootfs: { diff_ids: string[] };
      };
      const diffs = manifest.Layers.map((layer) => `sha256:${sha256(layer)}`);
      assert.deepEqual(config.rootfs.diff_ids, diffs);
      const labels = { "todo-chatbot.offline": "the-key" };
      assert.deepEqual(config.config, { ...image.config, Labels: labels });
      assert.deepEqual(
        readdirSync(directory).filter((name) => name.startsWith("image.tar.")),
        [],
      );
    }));
});
