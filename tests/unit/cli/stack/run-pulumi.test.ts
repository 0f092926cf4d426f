import assert from "node:assert/strict";
import { chmodSync, existsSync } from "node:fs";
import {
  PulumiError,
  pulumiOutput,
  runUpdate,
  type StackEnvironment,
} from "../../../../cli/stack/run-pulumi";
import { parseSettings } from "../../../../settings";
import { Folder } from "../../../support/folder";
import { target } from "../../../support/target";

describe("running pulumi", () => {
  let folder: Folder;
  beforeEach(() => (folder = new Folder()));
  afterEach(() => {
    folder.remove();
  });

  /** Returns an environment whose pulumi is a shell script. */
  function withPulumi(script: string): StackEnvironment {
    folder.write("Pulumi.yaml", "name: todo-chatbot\n");
    folder.write("pulumi", `#!/bin/sh\n${script}\n`);
    chmodSync(folder.file("pulumi"), 0o755);
    return {
      root: folder.path,
      stack: "dev",
      settings: parseSettings({}),
      target,
      tools: { pulumi: { file: folder.file("pulumi"), origin: "user" } },
      env: { ...process.env, KUBECONFIG: folder.file("none") },
    };
  }

  it("returns what a command prints, and asks no questions", async () => {
    const environment = withPulumi('echo "$*"');
    assert.equal(await pulumiOutput(environment, ["about"]), "about --non-interactive\n");
  });

  it("fails with pulumi's last lines, and explains a known failure", async () => {
    const environment = withPulumi(
      'echo "error: the stack is currently locked by 1 lock" >&2; exit 1',
    );
    await assert.rejects(pulumiOutput(environment, ["stack", "export"]), (error) => {
      assert.ok(error instanceof PulumiError);
      assert.match(error.stderr, /^error: the stack is currently locked by 1 lock$/m);
      assert.match(error.message, /^`pulumi stack export` failed: error: the stack is currently/);
      assert.match(error.explanation?.cause ?? "", /^Another update of this stack is under way/);
      assert.match(error.hint, /npm run pulumi -- cancel --stack dev --yes/);
      return true;
    });
  });

  it("fails with a general hint where the failure is unknown", async () => {
    await assert.rejects(pulumiOutput(withPulumi("exit 3"), ["about"]), (error) => {
      assert.ok(error instanceof PulumiError);
      assert.equal(error.explanation, undefined);
      assert.match(error.hint, /npm run doctor/);
      return true;
    });
  });

  it("reads what the engine reports of an update", async () => {
    // Its arguments: up --stack dev --event-log <file> …
    const event = { summaryEvent: { durationSeconds: 2, resourceChanges: { create: 1 } } };
    const environment = withPulumi(`echo '${JSON.stringify(event)}' > "$5"; exit 4`);
    const { code, changes, seconds } = await runUpdate(environment, ["up"]);
    assert.deepEqual([code, changes, seconds], [4, { create: 1 }, 2]);
  });

  it("ends an update in order where its follower asks for it", async () => {
    const environment = withPulumi(
      "trap 'echo cancelled >&2; exit 7' INT; touch started; while :; do sleep 0.05; done",
    );
    const calls: string[] = [];
    const { code, errorText } = await runUpdate(environment, ["up"], {
      start(eventLog, endUpdate) {
        calls.push("start");
        assert.match(eventLog, /events\.json$/);
        const timer = setInterval(() => {
          if (!existsSync(folder.file("started"))) return;
          clearInterval(timer);
          endUpdate();
        }, 20);
      },
      stop: () => Promise.resolve(void calls.push("stop")),
    });
    assert.equal(code, 7);
    assert.match(errorText, /cancelled/);
    assert.deepEqual(calls, ["start", "stop"]);
  });
});
