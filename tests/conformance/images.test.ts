import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Dockerfile, words } from "../support/conformance/dockerfile";
import { models } from "../support/conformance/model";
import { components } from "../support/conformance/objects";
import { ROOT } from "../support/stacks";

const dockerfiles = components.map((name) => new Dockerfile(name));
const file = (...path: string[]) => readFileSync(join(ROOT, "docker", ...path), "utf8");

/** Every image that the stack of a data model builds. */
async function imagesOf(model: (typeof models)["000"]) {
  const { resources } = await model.deployed();
  return resources
    .ofType("docker:index/image:Image")
    .map((image) => ({ name: image.name, imageName: String(image.input("imageName")) }));
}

describe("conformance: the images", () => {
  it("are two, built from the Dockerfiles of the backend and the frontend", async () => {
    for (const model of Object.values(models)) {
      const { resources } = await model.deployed();
      const images = resources.ofType("docker:index/image:Image");
      assert.deepEqual(
        images.map((image) => image.input("build.dockerfile")),
        ["docker/backend/Dockerfile", "docker/frontend/Dockerfile"],
      );
    }
  });

  it("are tagged by version and content, never latest", async () => {
    for (const model of Object.values(models)) {
      const { backend, frontend, version } = model.settings;
      const [first, second, ...others] = await imagesOf(model);
      assert.deepEqual(others, []);
      for (const [image, { name }] of [
        [first, backend.image],
        [second, frontend.image],
      ] as const) {
        const [repository, tag] = image?.imageName.split(":") ?? [];
        assert.equal(repository, name);
        assert.match(tag ?? "", new RegExp(`^${version.replaceAll(".", "\\.")}-[0-9a-f]{12}$`));
      }
    }
  });

  it("have names in lowercase, with hyphens", async () => {
    for (const model of Object.values(models)) {
      for (const { imageName } of await imagesOf(model)) {
        assert.match(imageName.split(":")[0] ?? "", /^[a-z0-9]+(-[a-z0-9]+)*$/);
      }
    }
  });

  it("start from a pinned image of Node.js", () => {
    for (const { args, stages } of dockerfiles) {
      assert.match(args.NODE_IMAGE ?? "", /^node:\d+\.\d+\.\d+-[a-z-]+$/);
      const bases = new Set(stages.map(({ base }) => base));
      assert.deepEqual([...bases], ["${NODE_IMAGE}", "scratch"]);
    }
  });

  it("are built in several stages, and the last has only what runs", () => {
    for (const dockerfile of dockerfiles) {
      const { stages, last } = dockerfile;
      assert.ok(stages.length >= 3);
      assert.match(words(dockerfile.stage("builder"), "RUN").join("\n"), /npm run build/);
      assert.equal(last.name, "runner");
      assert.equal(last.base, "scratch");
      assert.deepEqual(words(last, "RUN"), []);
      assert.ok(words(last, "COPY").some((copied) => copied.startsWith("--from=builder ")));
      const sources = words(last, "COPY").filter((copied) => /\bsrc\b/.test(copied));
      assert.deepEqual(sources, []);
    }
  });

  it("install by the lockfile before any source is copied", () => {
    for (const { stages } of dockerfiles) {
      const installing = stages.filter((stage) => words(stage, "RUN").join().includes("npm ci"));
      assert.ok(installing.length > 0);
      for (const { instructions } of installing) {
        const install = instructions.findIndex(({ words: text }) => text.includes("npm ci"));
        const copied = instructions.slice(0, install).filter(({ name }) => name === "COPY");
        assert.deepEqual(
          copied.map((copy) => copy.words),
          ["package.json package-lock.json ./"],
        );
      }
    }
  });

  it("expose the port that their process listens on", () => {
    for (const { component, last } of dockerfiles) {
      const port = String(models["004"].settings[component].port);
      assert.deepEqual(words(last, "EXPOSE"), [port]);
      assert.match(words(last, "ENV").join(" "), new RegExp(`\\bPORT=${port}\\b`));
    }
    const ports = dockerfiles.map(({ last }) => words(last, "EXPOSE").join());
    assert.deepEqual(ports, ["7860", "3000"]);
  });

  it("check their own health by HTTP", () => {
    const paths = { backend: "/health/live", frontend: "/api/health" };
    for (const { component, last } of dockerfiles) {
      const [check = "", ...others] = words(last, "HEALTHCHECK");
      assert.deepEqual(others, []);
      assert.ok(check.includes(`'${paths[component]}'`), check);
      assert.match(check, /--interval=\d+s --timeout=\d+s --start-period=\d+s --retries=\d/);
    }
  });

  it("run as a user other than root, with a number of 1000 or more", () => {
    for (const { last } of dockerfiles) {
      const [user = ""] = words(last, "USER");
      const [, uid, gid] = /^(\d+):(\d+)$/.exec(user) ?? [];
      assert.ok(Number(uid) >= 1000 && Number(gid) >= 1000, user);
    }
  });

  it("have no secret in them, neither as an argument nor as a variable nor as a file", () => {
    for (const { component, args, stages } of dockerfiles) {
      const names = stages.flatMap((stage) => [...words(stage, "ARG"), ...words(stage, "ENV")]);
      const all = [...Object.keys(args), ...names].join(" ");
      assert.doesNotMatch(all, /SECRET|PASSWORD|TOKEN|API_KEY|DATABASE_URL/);
      const ignored = file(component, ".dockerignore").split("\n");
      const onlyNamed = ignored.includes("*");
      assert.ok(onlyNamed || ignored.some((line) => line.includes(".env")), ignored.join(" "));
    }
  });

  it("work in /app, in production, without a volume", () => {
    for (const { stages, last } of dockerfiles) {
      assert.deepEqual(words(last, "WORKDIR"), ["/app"]);
      assert.match(words(last, "ENV").join(" "), /\bNODE_ENV=production\b/);
      for (const stage of stages) assert.deepEqual(words(stage, "VOLUME"), []);
    }
  });

  it("frontend: is Next.js's standalone output, with its static files", () => {
    const { last } = new Dockerfile("frontend");
    assert.ok(words(last, "COPY").some((copied) => copied.includes(".next/standalone")));
    assert.match(file("frontend", "next.config.ts"), /output: "standalone"/);
    const { scripts } = JSON.parse(file("frontend", "package.json")) as {
      scripts: { build: string };
    };
    assert.match(scripts.build, /next build/);
    assert.match(file("frontend", "copy-static-files.mjs"), /static/);
  });
});
