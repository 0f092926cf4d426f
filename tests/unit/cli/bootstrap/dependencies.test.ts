import assert from "node:assert/strict";
import { missingPackages } from "../../../../cli/bootstrap/dependencies.mjs";

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
