import assert from "node:assert/strict";
import { providersOf } from "../../../../cli/stack/by-hand";

describe("a command of Pulumi by hand", () => {
  it("uses the program's providers, or those of the state", () => {
    assert.equal(providersOf(["up", "--stack", "dev", "--yes"]), "program");
    assert.equal(providersOf(["--stack", "dev", "update"]), "program");
    assert.equal(providersOf(["refresh", "--run-program"]), "program");
    assert.equal(providersOf(["destroy", "-s", "dev"]), "state");
    assert.equal(providersOf(["down", "--run-program=false"]), "state");
  });
  it("is found after Pulumi's global flags, with their values", () => {
    assert.equal(providersOf(["--color", "never", "up"]), "program");
    assert.equal(providersOf(["-C", "x", "destroy"]), "state");
    assert.equal(providersOf(["-e", "-v", "3", "--cwd=x", "--tracing", "file:x", "dn"]), "state");
    assert.equal(providersOf(["--non-interactive", "--logflow", "--emoji=true", "up"]), "program");
    assert.equal(providersOf(["--color", "never", "stack", "rm"]), undefined);
    assert.equal(providersOf(["refresh", "--target", "urn", "--run-program=1"]), "program");
  });
  it("isn't compared where it changes nothing in the cluster", () => {
    for (const argv of [["config", "set", "context", "up"], ["stack"], ["preview"], ["up", "-h"]]) {
      assert.equal(providersOf(argv), undefined, argv.join(" "));
    }
  });
});
