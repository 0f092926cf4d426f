import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { exitCode } from "../../../cli/bootstrap/child.mjs";
import { missingPackages } from "../../../cli/bootstrap/dependencies.mjs";
import { MINIMUM_NODE, nodeProblem } from "../../../cli/bootstrap/node-version.mjs";
import { findNpm } from "../../../cli/bootstrap/npm.mjs";

describe("the version of Node.js", () => {
  for (const version of ["20.19.0", "20.20.1", "22.0.0", "24.21.0"]) {
    it(`${version} will do`, () => {
      assert.equal(nodeProblem(version), undefined);
    });
  }
  for (const version of ["18.20.0", "20.18.9", "4.2.0"]) {
    it(`${version} is too old, and the message says what is needed`, () => {
      assert.match(nodeProblem(version) ?? "", new RegExp(`${version}; ${MINIMUM_NODE}`));
    });
  }
  it("is the one in package.json", () => {
    const { engines } = JSON.parse(readFileSync("package.json", "utf8")) as {
      engines: { node: string };
    };
    assert.equal(`${engines.node}.0`, `>=${MINIMUM_NODE}`);
  });
});

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
});

describe("npm's program", () => {
  let folder: string;
  const npmCli = () => join(folder, "npm", "bin", "npm-cli.js");
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "npm-")));
    mkdirSync(join(folder, "npm", "bin"), { recursive: true });
    mkdirSync(join(folder, "bin"));
    writeFileSync(npmCli(), "");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("is the one that runs this", () => {
    assert.equal(findNpm({ npm_execpath: npmCli() }, "/nowhere/at/all/node"), npmCli());
  });
  it("is found behind a link on PATH", () => {
    symlinkSync(npmCli(), join(folder, "bin", "npm"));
    const path = ["/nowhere", join(folder, "bin")].join(delimiter);
    assert.equal(findNpm({ PATH: path }, "/nowhere/at/all/node"), npmCli());
  });
  it("isn't another package manager's", () => {
    const env = { npm_execpath: join(folder, "npm", "bin", "yarn.js"), PATH: "/nowhere" };
    assert.equal(findNpm(env, "/nowhere/at/all/node"), undefined);
  });
});

describe("a child's end", () => {
  it("is its exit code, or 128 and the signal", () => {
    assert.equal(exitCode(3, null), 3);
    assert.equal(exitCode(null, "SIGINT"), 130);
    assert.equal(exitCode(null, "SIGTERM"), 143);
  });
});

describe("a signal", () => {
  it("is passed on to the child once, however often it comes: a second one would cut Pulumi short", async () => {
    const child = `process.on("SIGTERM", () => { console.log("told"); setTimeout(() => process.exit(7), 300); });
      setInterval(() => undefined, 1000); console.log("ready");`;
    const parent = `const { runChild } = await import(${JSON.stringify(resolve("cli/bootstrap/child.mjs"))});
      process.exitCode = await runChild(process.execPath, ["--eval", ${JSON.stringify(child)}], {});`;
    const program = spawn(process.execPath, ["--input-type=module", "--eval", parent], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    program.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output === "ready\n") program.kill("SIGTERM");
      if (output === "ready\ntold\n") program.kill("SIGTERM");
    });
    const [code] = (await once(program, "close")) as [number | null];
    assert.deepEqual([code, output], [7, "ready\ntold\n"]);
  });
});
