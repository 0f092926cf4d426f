import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { missingPackages } from "../../../../cli/bootstrap/dependencies.mjs";
import { findNpm } from "../../../../cli/bootstrap/npm.mjs";
import { Folder } from "../../../support/folder";

describe("npm dependencies", () => {
  const lock = {
    packages: {
      "": { version: "1.0.0" },
      "node_modules/a": { version: "1.2.3", integrity: "sha512-a" },
      "node_modules/a/node_modules/b": { version: "2.0.0" },
      "node_modules/only-windows": { version: "3.0.0", optional: true },
    },
  };
  const installed = {
    packages: {
      "node_modules/a": { version: "1.2.3", integrity: "sha512-a" },
      "node_modules/a/node_modules/b": { version: "2.0.0" },
    },
  };
  const all = () => true;

  it("are complete without optional packages of other platforms", () => {
    assert.deepEqual(missingPackages(lock, installed, all), []);
  });
  it("are all missing where npm has finished no installation", () => {
    assert.deepEqual(missingPackages(lock, undefined, all), [
      "node_modules/a",
      "node_modules/a/node_modules/b",
    ]);
  });
  it("are missing in another version", () => {
    const other = { packages: { ...installed.packages, "node_modules/a": { version: "1.2.4" } } };
    assert.deepEqual(missingPackages(lock, other, all), ["node_modules/a"]);
  });
  it("are missing with other contents", () => {
    const other = {
      packages: {
        ...installed.packages,
        "node_modules/a": { version: "1.2.3", integrity: "sha512-x" },
      },
    };
    assert.deepEqual(missingPackages(lock, other, all), ["node_modules/a"]);
  });
  it("are missing where a folder was deleted", () => {
    const missing = missingPackages(lock, installed, (path) => path !== "node_modules/a");
    assert.deepEqual(missing, ["node_modules/a"]);
  });

  const configurations: [string, Record<string, string>, string][] = [
    ["NODE_ENV=production", { NODE_ENV: "production" }, ""],
    ["omit in .npmrc", {}, "omit[]=dev\nomit[]=optional\n"],
    [
      "NPM_CONFIG_OMIT, another layout, a dry run",
      { NPM_CONFIG_OMIT: "dev", npm_config_package_lock_only: "true" },
      "install-strategy=linked\ndry-run=true\n",
    ],
  ];
  for (const [title, variables, npmrc] of configurations) {
    it(`are installed completely and once, whatever npm's configuration says: ${title}`, function () {
      this.timeout(60_000);
      const folder = new Folder();
      try {
        project(folder);
        if (npmrc !== "") folder.write(".npmrc", npmrc);
        const first = ensure(folder.path, variables);
        assert.equal(first.status, 0, first.stderr + first.stdout);
        assert.match(first.stdout, /Installing the npm dependencies \(1 packages\)/);
        assert.ok(existsSync(folder.file("node_modules/tool/package.json")));
        assert.equal(ensure(folder.path, variables).stdout, "");
      } finally {
        folder.remove();
      }
    });
  }
});

/** Creates a project whose one development dependency is an archive in its folder. */
function project(folder: Folder): void {
  folder.write("source/package.json", JSON.stringify({ name: "tool", version: "1.0.0" }));
  npm(["pack", "--silent", "./source"], folder.path);
  const root = { name: "p", version: "1.0.0", devDependencies: { tool: "file:tool-1.0.0.tgz" } };
  folder.write("package.json", JSON.stringify(root));
  npm(["install", "--package-lock-only", "--include=dev", "--no-audit"], folder.path);
}

function npm(args: readonly string[], cwd: string): void {
  execFileSync(process.execPath, [findNpm() ?? "", ...args], { cwd, stdio: "pipe" });
}

/** Runs ensureDependencies in a process of its own, as the entry of the command line does. */
function ensure(folder: string, variables: Record<string, string>) {
  const module = pathToFileURL(join(process.cwd(), "cli/bootstrap/dependencies.mjs")).href;
  const code = `const { ensureDependencies } = await import(${JSON.stringify(module)});
    process.exitCode = (await ensureDependencies(${JSON.stringify(folder)})) ? 0 : 1;`;
  return spawnSync(process.execPath, ["--input-type=module", "--eval", code], {
    env: { ...process.env, ...variables },
    encoding: "utf8",
  });
}
