import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { chartDefaults } from "../../../settings/chart-defaults";
import { nodeBaseImage, postgresBaseImage } from "../../../offline/base-images";
import { addUser } from "../../../offline/base-images/debian";
import { run } from "../../../offline/core/command";
import { writeImage } from "../../../offline/images/archive";
import { baseImages } from "../../../offline/pins";
import { packLayer } from "../../../offline/images/layer";
import { archiveLines } from "../../../offline/sources/debian";
import { inFreshCache } from "./support";

const repository = join(__dirname, "../../..");
const text = (...path: string[]) => readFileSync(join(repository, ...path), "utf8");

describe("the base images", () => {
  it("have the names that the Dockerfiles build on", () => {
    for (const app of ["backend", "frontend"]) {
      const dockerfile = text("docker", app, "Dockerfile");
      assert.match(dockerfile, new RegExp(`^ARG NODE_IMAGE=${baseImages.node}$`, "m"), app);
      const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map((match) => match[1]);
      assert.deepEqual([...new Set(bases)].sort(), ["${NODE_IMAGE}", "scratch"]);
    }
  });

  it("have the name that the chart, and with it the settings, give the database's image", () => {
    assert.equal(chartDefaults.postgres.image, baseImages.postgres);
  });

  it("are those that are made here", () => {
    assert.equal(nodeBaseImage().image, baseImages.node);
    assert.equal(postgresBaseImage().image, baseImages.postgres);
    assert.notEqual(nodeBaseImage().key, postgresBaseImage().key);
  });

  it("have the packages' versions in their names", () => {
    const settings = text("offline", "pins.ts");
    assert.match(
      settings,
      new RegExp(`version: "${/:([\d.]+)/.exec(baseImages.node)?.[1] ?? ""}"`),
    );
    assert.match(settings, new RegExp(`version: "${baseImages.postgres.split(":")[1] ?? ""}\\.`));
  });
});

describe("an image's archive", () => {
  it("is what docker save writes, with hashes that runtimes verify", () =>
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
      await run(["tar", "-xf", join(directory, "image.tar"), "-C", out]);
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

  it("gets users beside those of the Debian below", () =>
    inFreshCache((directory) => {
      const debian = join(directory, "debian");
      mkdirSync(join(debian, "etc"), { recursive: true });
      for (const file of ["passwd", "group", "shadow"]) {
        writeFileSync(join(debian, "etc", file), "root:x\n");
      }
      addUser(debian, join(directory, "layer"), { name: "u", id: 7, home: "/h" });
      const etc = (file: string) => join(directory, "layer", "etc", file);
      assert.equal(readFileSync(etc("passwd"), "utf8"), "root:x\nu:x:7:7::/h:/bin/bash\n");
      assert.equal(readFileSync(etc("group"), "utf8"), "root:x\nu:x:7:\n");
      assert.equal(statSync(etc("shadow")).mode & 0o777, 0o640);
      return Promise.resolve();
    }));
});

describe("Debian's archives", () => {
  it("are the machine's own for the release, with updates and security", () => {
    const targets = [
      "http://a/debian/ bookworm main",
      "http://a/debian/ bookworm contrib",
      "http://a/debian/ bookworm main",
      "http://a/security/ bookworm-security main",
      "http://b/other stable main",
      "",
    ].join("\n");
    assert.deepEqual(archiveLines(targets), [
      "deb http://a/debian/ bookworm main",
      "deb http://a/security/ bookworm-security main",
    ]);
  });

  it("are left to mmdebstrap's default on another release", () => {
    assert.deepEqual(archiveLines("http://a/ubuntu noble main\nhttp://a/ubuntu x main"), []);
    assert.deepEqual(archiveLines("http://a/debian-security bookworm-security main"), []);
  });
});
