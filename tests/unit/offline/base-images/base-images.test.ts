import assert from "node:assert/strict";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodeBaseImage, postgresBaseImage } from "../../../../offline/base-images";
import { addUser } from "../../../../offline/base-images/debian";
import { baseImages } from "../../../../offline/pins";
import { chartDefaults } from "../../../../settings/chart-defaults";
import { inFreshCache } from "../../../support/offline/fresh-cache";

const REPOSITORY = join(__dirname, "../../../..");
const text = (...path: string[]) => readFileSync(join(REPOSITORY, ...path), "utf8");

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

  it("are those that are built here", () => {
    assert.equal(nodeBaseImage().image, baseImages.node);
    assert.equal(postgresBaseImage().image, baseImages.postgres);
    assert.notEqual(nodeBaseImage().key, postgresBaseImage().key);
  });

  it("have the packages' versions in their names", () => {
    const pins = text("offline", "pins.ts");
    assert.match(pins, new RegExp(`version: "${/:([\d.]+)/.exec(baseImages.node)?.[1] ?? ""}"`));
    assert.match(pins, new RegExp(`version: "${baseImages.postgres.split(":")[1] ?? ""}\\.`));
  });

  it("get users in addition to those of Debian", () =>
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
